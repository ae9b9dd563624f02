// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import org.jspecify.annotations.Nullable;

/** A reply that is not understood: what answers is not Redis, or too old (7.0 or newer is needed). */
public final class RedisProtocolException extends RedisException {
    private static final long serialVersionUID = 1L;

    /**
     * Reports a reply.
     *
     * @param message what came, and what was expected
     * @param cause what was seen, if anything
     */
    public RedisProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean helpsLater() {
        return false;
    }
}
