// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import org.jspecify.annotations.Nullable;

/**
 * A node could not be reached, or the connection to it was lost. {@link #mayHaveBeenExecuted()} tells whether the node
 * may have carried out the command before that; only if it says no is repeating without consequences.
 */
public sealed class DisqueConnectionException extends DisqueException
        permits DisqueTimeoutException, DisqueInterruptedException {
    private static final long serialVersionUID = 1L;

    /** Whether the node may have executed the command. */
    private final boolean mayHaveBeenExecuted;

    DisqueConnectionException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    }

    /**
     * Whether the node may have carried out the command: it was sent, at least in part, and its reply was not read.
     *
     * @return false if the command has certainly not been executed
     */
    public final boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }

    @Override
    public boolean helpsElsewhere() {
        return true;
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
