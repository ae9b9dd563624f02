// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import org.jspecify.annotations.Nullable;

/** A reply is not what its command promises. Thrown by whoever reads a reply; clients throw their own in its place. */
public final class UnexpectedReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An unexpected reply.
     *
     * @param message what came, and what was expected
     * @param cause why it cannot be read, if there is more to say
     */
    public UnexpectedReplyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
