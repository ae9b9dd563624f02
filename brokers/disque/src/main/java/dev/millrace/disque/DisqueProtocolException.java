// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import org.jspecify.annotations.Nullable;

/**
 * A reply that the client does not understand: what answers is not Disque, or a Disque of another generation. Neither
 * another node nor another time helps. The connection is closed.
 */
public final class DisqueProtocolException extends DisqueException {
    private static final long serialVersionUID = 1L;

    DisqueProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean helpsElsewhere() {
        return false;
    }

    @Override
    public boolean helpsLater() {
        return false;
    }
}
