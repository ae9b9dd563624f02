// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited; it stays interrupted. */
public final class OkqInterruptedException extends OkqConnectionException {
    private static final long serialVersionUID = 1L;

    OkqInterruptedException(boolean mayHaveBeenExecuted, String message, @Nullable Throwable cause) {
        super(mayHaveBeenExecuted, message, cause);
    }
}
