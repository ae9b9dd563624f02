// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it waited; it stays interrupted. The connection of the command is closed,
 * which ends a GETJOB on the server without taking a job.
 */
public final class DisqueInterruptedException extends DisqueConnectionException {
    private static final long serialVersionUID = 1L;

    DisqueInterruptedException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(mayHaveBeenExecuted, message, cause);
    }

    @Override
    public boolean helpsElsewhere() {
        return false;
    }
}
