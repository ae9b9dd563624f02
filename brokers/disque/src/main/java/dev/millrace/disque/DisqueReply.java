// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.UnexpectedReplyException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reply to a command that the client has no method for. Immutable but for its bytes, which belong to the caller. */
public final class DisqueReply {
    private final @Nullable Object value;

    DisqueReply(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Whether the server said null.
     *
     * @return true for a null bulk string and for a null array
     */
    public boolean isNull() {
        return value == null;
    }

    /**
     * The reply as a number.
     *
     * @return an integer reply
     * @throws DisqueProtocolException if it is something else
     */
    public long number() {
        return read(() -> Replies.number(value));
    }

    /**
     * The reply as bytes.
     *
     * @return a simple or bulk string, not a copy
     * @throws DisqueProtocolException if it is something else
     */
    public byte[] bytes() {
        return read(() -> Replies.bytes(value));
    }

    /**
     * The reply as text.
     *
     * @return a simple or bulk string read as UTF-8
     * @throws DisqueProtocolException if it is something else
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * The reply as an array.
     *
     * @return its elements
     * @throws DisqueProtocolException if it is something else
     */
    public List<DisqueReply> elements() {
        return read(() -> Replies.list(value, DisqueReply::new));
    }

    @Override
    public String toString() {
        return value instanceof byte[]
                ? text()
                : value instanceof List<?> ? elements().toString() : "" + value;
    }

    private static <T> T read(Supplier<T> part) {
        try {
            return part.get();
        } catch (UnexpectedReplyException e) {
            throw new DisqueProtocolException(String.valueOf(e.getMessage()), e);
        }
    }
}
