// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.io.IOException;

/**
 * Bytes that are no RESP2, or more of them than the limits allow. Where the next message begins cannot be known any
 * more, so the connection is to be closed.
 */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A protocol error.
     *
     * @param message what is wrong; of a request it is the text that a server answers after {@code ERR}
     */
    public ProtocolException(String message) {
        super(message);
    }
}
