// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import org.jspecify.annotations.Nullable;

/** The client gave up waiting: for a connection, for a place in the pool, or for a reply. */
public final class OkqTimeoutException extends OkqConnectionException {
    private static final long serialVersionUID = 1L;

    OkqTimeoutException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(mayHaveBeenExecuted, message, cause);
    }
}
