// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import java.nio.file.Path;
import java.util.Optional;

/** Programs that only some machines have, and that an environment variable names there. Thread-safe. */
public final class Binaries {
    private Binaries() {}

    /**
     * Where a program is.
     *
     * @param variable the name of the environment variable
     * @return its path; empty if the variable names none
     */
    public static Optional<Path> named(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }
}
