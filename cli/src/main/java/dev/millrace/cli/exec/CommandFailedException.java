// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

/** A command ended with another exit code than 0, or could not be started. Reads as its message, which people see. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message, null, false, false);
    }

    /** Without the name of the class: this text becomes the reason of a dead letter. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
