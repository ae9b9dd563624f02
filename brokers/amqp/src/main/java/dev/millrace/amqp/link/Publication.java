// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message on its way out; always mandatory.
 *
 * @param exchange to which exchange; empty is the default one
 * @param routingKey with which key
 * @param properties what travels beside the body
 * @param body the bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares publications.
public record Publication(String exchange, String routingKey, BasicProperties properties, byte[] body) {
    /** The most that all headers of a message together may have; they travel in one frame. */
    public static final int MOST_HEADER_BYTES = 120_000;

    /**
     * Whether its headers do not fit into a frame.
     *
     * @return true if it cannot be published
     */
    public boolean isTooLarge() {
        Map<String, Object> headers = properties.getHeaders();
        if (headers == null) {
            return false;
        }
        long bytes = 0;
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            bytes += 8 + bytes(header.getKey()) + bytes(String.valueOf(header.getValue()));
        }
        return bytes > MOST_HEADER_BYTES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * What became of it.
     *
     * <p>The server has it, or has no queue for it, or has no place for it in a queue.
     */
    public enum Outcome {
        /** It is in every queue that it was routed to, as safe as these are. */
        CONFIRMED,
        /** No queue is bound for it; nobody has it. */
        UNROUTABLE,
        /** A queue refused it, such as one that is full. */
        REFUSED
    }
}
