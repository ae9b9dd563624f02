// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * A command ready to be sent, and how its reply is read.
 *
 * @param <T> what the reply is read as
 * @param arguments the command and its arguments
 * @param reader reads the reply
 * @param patience how long the server itself may wait before it replies
 */
record Command<T extends @Nullable Object>(CommandArguments arguments, Reader<T> reader, Patience patience) {
    /**
     * How long a server may wait by order.
     *
     * @param millis 0 if it may not
     * @param forJobs whether it waits for jobs to come, which may be most of the time
     */
    record Patience(long millis, boolean forJobs) {
        static final Patience NONE = new Patience(0, false);
        static final Patience ENDLESS = new Patience(Long.MAX_VALUE, true);

        boolean isNone() {
            return millis == 0;
        }

        boolean isEndless() {
            return millis == Long.MAX_VALUE;
        }
    }

    /** Reads a reply: null, a Long, bytes, or a list of such. */
    interface Reader<T extends @Nullable Object> {
        T read(@Nullable Object reply, NodeAddress node);
    }

    static <T extends @Nullable Object> Command<T> of(CommandArguments arguments, Reader<T> reader) {
        return new Command<>(arguments, reader, Patience.NONE);
    }

    /** The word that the command begins with, for messages. */
    String word() {
        return new String(arguments.getCommand().getRaw(), StandardCharsets.UTF_8);
    }
}
