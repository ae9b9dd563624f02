// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import org.jspecify.annotations.Nullable;

/**
 * The client gave up waiting: for a connection, for a place in the pool, or for a reply that should have come by then.
 * A GETJOB that finds nothing is not this: the server says so in time, and the result is empty.
 */
public final class DisqueTimeoutException extends DisqueConnectionException {
    private static final long serialVersionUID = 1L;

    DisqueTimeoutException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(mayHaveBeenExecuted, message, cause);
    }
}
