// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

/** How a command ends; scripts rely on it. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private ExitCode() {}
}
