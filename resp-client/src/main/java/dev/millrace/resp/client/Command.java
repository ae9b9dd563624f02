// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * A command ready to be sent, and how its reply is read. Immutable if its arguments are left alone.
 *
 * @param <T> what the reply is read as
 * @param arguments the command and its arguments
 * @param reader reads the reply
 * @param patience how long the server itself may wait before it replies
 */
public record Command<T extends @Nullable Object>(CommandArguments arguments, Reader<T> reader, Patience patience) {
    /**
     * How long a server may wait by order.
     *
     * @param millis 0 if it may not
     * @param forJobs whether it waits for jobs to come, which may be most of the time
     */
    public record Patience(long millis, boolean forJobs) {
        /** The server replies at once. */
        public static final Patience NONE = new Patience(0, false);
        /** The server may wait for jobs for ever. */
        public static final Patience ENDLESS = new Patience(Long.MAX_VALUE, true);

        boolean isNone() {
            return millis == 0;
        }

        boolean isEndless() {
            return millis == Long.MAX_VALUE;
        }
    }

    /**
     * Reads a reply.
     *
     * @param <T> what it is read as
     */
    public interface Reader<T extends @Nullable Object> {
        /**
         * Reads a reply.
         *
         * @param reply null, a Long, bytes, or a list of such
         * @param server which server sent it
         * @return what it says
         * @throws UnexpectedReplyException if it is something else
         */
        T read(@Nullable Object reply, Endpoint server);
    }

    /**
     * A command that the server answers at once.
     *
     * @param <T> what the reply is read as
     * @param arguments the command and its arguments
     * @param reader reads the reply
     * @return the command
     */
    public static <T extends @Nullable Object> Command<T> of(CommandArguments arguments, Reader<T> reader) {
        return new Command<>(arguments, reader, Patience.NONE);
    }

    /**
     * The word that the command begins with, for messages.
     *
     * @return the name of the command
     */
    public String word() {
        return new String(arguments.getCommand().getRaw(), StandardCharsets.UTF_8);
    }
}
