// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.StreamMessage;
import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong in a publisher. There will be more kinds, so leave a {@code default} in a {@code switch} over it. Immutable and
 * thread-safe.
 */
public sealed interface PublisherEvent {
    /**
     * The server could not be reached, did not answer, or is about to leave its place to another.
     *
     * @param message which message was to be published
     * @param error why it was not, or is not known to be
     * @param retrying false if the publisher gives up; whoever published is told the error
     * @param backoff after how long it is tried again; empty if it is not
     */
    record NetworkFailed(StreamMessage message, RedisException error, boolean retrying, Optional<Duration> backoff)
            implements PublisherEvent {}

    /**
     * The server refused a message; whoever published it is told the error.
     *
     * @param message which message
     * @param error why
     */
    record Refused(StreamMessage message, RedisException error) implements PublisherEvent {}

    /**
     * The listener was slower than what happened.
     *
     * @param events how many it was not told
     */
    record EventsLost(long events) implements PublisherEvent {}
}
