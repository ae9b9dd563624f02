// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import org.jspecify.annotations.Nullable;

/** A reply that the client does not understand: what answers is not okq. The connection is closed. */
public final class OkqProtocolException extends OkqException {
    private static final long serialVersionUID = 1L;

    OkqProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean helpsLater() {
        return false;
    }
}
