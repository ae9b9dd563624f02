// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.StreamMessage;

/**
 * Handles messages. Called by as many virtual threads at once as the consumer allows for each stream, so it must be
 * thread-safe. Its thread is interrupted when the handler timeout is over, when another consumer claimed the message, and when
 * the patience of closing is over.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles one message.
     *
     * @param message which, with its id
     * @param context what else is known of it
     * @return what is to become of it
     * @throws Exception the same as {@link Result#retry(Throwable)}
     */
    Result handle(StreamMessage message, MessageContext context) throws Exception;
}
