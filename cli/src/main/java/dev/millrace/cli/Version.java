// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("built from classes, without a number");
        return new String[] {"millrace " + version + " (Java " + Runtime.version() + ")"};
    }
}
