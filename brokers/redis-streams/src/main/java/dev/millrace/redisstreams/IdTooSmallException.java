// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import org.jspecify.annotations.Nullable;

/** A message has an id of its own that is not above all ids that its stream ever had. It was not added. */
public final class IdTooSmallException extends RedisException {
    private static final long serialVersionUID = 1L;

    /**
     * Reports an id.
     *
     * @param message which id, and what would be right
     * @param cause what the server said
     */
    public IdTooSmallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean helpsLater() {
        return false;
    }
}
