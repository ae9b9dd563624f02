// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that the client of okq throws on purpose: what the server refused ({@link OkqServerException}),
 * what became of the connection ({@link OkqConnectionException}), and replies that it does not understand ({@link
 * OkqProtocolException}).
 */
public abstract class OkqException extends MillraceException {
    private static final long serialVersionUID = 1L;

    OkqException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same command may succeed later.
     *
     * @return true if trying later makes sense
     */
    public abstract boolean helpsLater();
}
