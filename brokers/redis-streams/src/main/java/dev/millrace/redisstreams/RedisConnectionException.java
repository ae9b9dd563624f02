// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, did not answer in time, or the connection to it was lost. {@link #mayHaveBeenExecuted()}
 * tells whether the command may have been carried out before that; only if it says no is repeating without consequences.
 */
public final class RedisConnectionException extends RedisException {
    private static final long serialVersionUID = 1L;

    /** Whether the server may have executed the command. */
    private final boolean mayHaveBeenExecuted;

    /** Whether the thread that waited was interrupted. */
    private final boolean interrupted;

    /**
     * Reports a connection that ended.
     *
     * @param mayHaveBeenExecuted whether the command was sent, at least in part
     * @param interrupted whether that was because the calling thread was interrupted; it stays so
     * @param message for people
     * @param cause what was seen, if anything
     */
    public RedisConnectionException(
            boolean mayHaveBeenExecuted, boolean interrupted, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
        this.interrupted = interrupted;
    }

    /**
     * Whether the server may have carried out the command: it was sent, at least in part, and its reply was not read.
     *
     * @return false if the command has certainly not been executed
     */
    public boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }

    /**
     * Whether the calling thread was interrupted while it waited; it stays interrupted.
     *
     * @return false if the connection failed by itself
     */
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
