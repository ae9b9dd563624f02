// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, or the connection to it was lost. {@link #mayHaveBeenExecuted()} tells whether the
 * command may have been carried out before that; only if it says no is repeating without consequences.
 */
public sealed class OkqConnectionException extends OkqException permits OkqTimeoutException, OkqInterruptedException {
    private static final long serialVersionUID = 1L;

    /** Whether the server may have executed the command. */
    private final boolean mayHaveBeenExecuted;

    OkqConnectionException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    }

    /**
     * Whether the server may have carried out the command: it was sent, at least in part, and its reply was not read.
     *
     * @return false if the command has certainly not been executed
     */
    public final boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
