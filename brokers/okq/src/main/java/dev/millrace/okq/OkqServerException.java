// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

/**
 * The server refused a command. Errors that a program can react to have a class of their own; all others are this class
 * itself.
 */
public sealed class OkqServerException extends OkqException permits DuplicateEventException, BusyException {
    private static final long serialVersionUID = 1L;

    private static final String BACKEND = "ERR unexpected server-side error";

    OkqServerException(String message) {
        super(message, null);
    }

    static OkqServerException of(String message) {
        if (message.startsWith("ERR duplicate event")) {
            return new DuplicateEventException(message);
        }
        return message.startsWith("ERR too busy") ? new BusyException(message) : new OkqServerException(message);
    }

    /** True if the server could not do it for reasons of its own, such as a Redis that is away. */
    @Override
    public boolean helpsLater() {
        return String.valueOf(getMessage()).startsWith(BACKEND);
    }
}
