// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.StreamMessage;
import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong in a consumer, or is worth knowing. There will be more kinds, so leave a {@code default} in a {@code switch}
 * over it. Immutable and thread-safe.
 */
public sealed interface ConsumerEvent {
    /** Something about one message. */
    sealed interface OfMessage extends ConsumerEvent {
        /**
         * About which message.
         *
         * @return the message
         */
        StreamMessage message();
    }

    /**
     * A handler threw, asked for a retry, or took longer than the handler timeout; the message comes again.
     *
     * @param message which message
     * @param delivery how often it was delivered
     * @param error what was thrown or returned; a {@link java.util.concurrent.TimeoutException} at the handler timeout
     */
    record HandlerFailed(StreamMessage message, int delivery, Throwable error) implements OfMessage {}

    /**
     * A dead-letter handler failed; the message comes to it again.
     *
     * @param message which message
     * @param delivery how often it was delivered
     * @param error what was thrown or returned
     */
    record DeadLetterHandlerFailed(StreamMessage message, int delivery, Throwable error) implements OfMessage {}

    /**
     * A handler said that a message is not to come again; it is acknowledged.
     *
     * @param message which message
     * @param delivery how often it was delivered
     * @param error what the handler said
     */
    record Discarded(StreamMessage message, int delivery, Throwable error) implements OfMessage {}

    /**
     * The dead-letter handler has dealt with a message; it is acknowledged.
     *
     * @param message which message
     * @param delivery how often it was delivered
     */
    record DeadLettered(StreamMessage message, int delivery) implements OfMessage {}

    /**
     * All retries failed and the stream has no dead-letter handler: the message is acknowledged, and this is the last that is
     * heard of it.
     *
     * @param message which message
     * @param delivery how often it was delivered
     */
    record Dropped(StreamMessage message, int delivery) implements OfMessage {}

    /**
     * A handler does not heed its interrupt: another message is handled in its place, and its thread goes on.
     *
     * @param message which message
     * @param since how long ago it was interrupted
     */
    record HandlerStuck(StreamMessage message, Duration since) implements OfMessage {}

    /**
     * Another consumer claimed a message while it was handled here, or the group is gone: the handler is interrupted and its
     * result ignored.
     *
     * @param message which message
     */
    record ClaimedByOther(StreamMessage message) implements OfMessage {}

    /**
     * A result came too late: the message was acknowledged by somebody else, claimed, or the group is gone.
     *
     * @param stream of which stream
     * @param id of the message
     */
    record TooLate(String stream, String id) implements ConsumerEvent {}

    /**
     * A message was trimmed or deleted before anybody in the group acknowledged it: its contents are lost.
     *
     * @param stream of which stream
     * @param id of the message
     */
    record Vanished(String stream, String id) implements ConsumerEvent {}

    /**
     * The group or its stream was gone, and was made anew.
     *
     * @param stream of which stream
     * @param from after which id it begins
     */
    record GroupMadeAnew(String stream, String from) implements ConsumerEvent {}

    /**
     * The server could not be reached or did not answer.
     *
     * @param stream reading which stream
     * @param error why
     * @param retrying false if the consumer gives up and ends
     * @param backoff after how long it is tried again; empty if it is not
     */
    record NetworkFailed(String stream, RuntimeException error, boolean retrying, Optional<Duration> backoff)
            implements ConsumerEvent {}

    /**
     * The server refused what a consumer needs.
     *
     * @param stream reading which stream
     * @param error why
     * @param retrying false if the consumer gives up and ends
     * @param backoff after how long it is tried again; empty if it is not
     */
    record Refused(String stream, RuntimeException error, boolean retrying, Optional<Duration> backoff)
            implements ConsumerEvent {}

    /**
     * A stream is read again after it could not be.
     *
     * @param stream which stream
     * @param down for how long
     */
    record Recovered(String stream, Duration down) implements ConsumerEvent {}

    /**
     * The server could not be told what became of messages.
     *
     * @param stream of which stream
     * @param messages how many
     * @param error why
     * @param givenUp false if it is tried again; true if they come again
     */
    record NotAcknowledged(String stream, int messages, RuntimeException error, boolean givenUp)
            implements ConsumerEvent {}

    /**
     * The listener was slower than what happened.
     *
     * @param events how many it was not told
     */
    record EventsLost(long events) implements ConsumerEvent {}
}
