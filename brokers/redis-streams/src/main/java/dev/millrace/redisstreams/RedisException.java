// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that goes wrong with Redis: what the server refused ({@link RedisServerException}), what became of
 * the connection ({@link RedisConnectionException}), and replies that are not understood ({@link RedisProtocolException}).
 */
public abstract class RedisException extends MillraceException {
    private static final long serialVersionUID = 1L;

    RedisException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same command may succeed later.
     *
     * @return true if trying later makes sense
     */
    public abstract boolean helpsLater();
}
