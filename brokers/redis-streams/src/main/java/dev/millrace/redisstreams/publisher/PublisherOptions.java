// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a publisher works. Immutable and thread-safe: each {@code with} gives another one. */
public final class PublisherOptions {
    private static final PublisherOptions DEFAULTS = new PublisherOptions(
            null, Replication.NONE, new Retrying(0, Duration.ofMillis(100), Duration.ofSeconds(10)), event -> {});

    private final @Nullable MaxLength maxLength;
    private final Replication replication;
    private final Retrying retrying;
    private final Consumer<? super PublisherEvent> listener;

    /**
     * What follows a failure of the network.
     *
     * @param retries how often a message is tried again; below 0 until the publisher is closed
     * @param first how long to wait before the first retry; 1 ms or more
     * @param longest no wait is longer, before a fifth more or less by chance; at least {@code first}
     */
    public record Retrying(int retries, Duration first, Duration longest) {
        /** Checks the lengths. */
        public Retrying {
            if (first.toMillis() < 1) {
                throw new IllegalArgumentException("backoff " + first + " is out of range; give 1 ms or more");
            }
            if (longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(36_500)) > 0) {
                throw new IllegalArgumentException("longest backoff " + longest + " is out of range; give at least "
                        + first + " and at most 36500 days");
            }
        }
    }

    private PublisherOptions(
            @Nullable MaxLength maxLength,
            Replication replication,
            Retrying retrying,
            Consumer<? super PublisherEvent> listener) {
        this.maxLength = maxLength;
        this.replication = replication;
        this.retrying = retrying;
        this.listener = listener;
    }

    /**
     * Streams of any length, no replicas waited for, no retries, no listener.
     *
     * @return the options
     */
    public static PublisherOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the length of each stream that is published to.
     *
     * @param length how long it may become
     * @return the options with it
     */
    public PublisherOptions withMaxLength(MaxLength length) {
        return new PublisherOptions(length, replication, retrying, listener);
    }

    /**
     * Waits for replicas.
     *
     * @param copies how many
     * @return the options with it
     */
    public PublisherOptions withReplication(Replication copies) {
        return new PublisherOptions(maxLength, copies, retrying, listener);
    }

    /**
     * How often a message is tried again when the network failed. A message whose connection was lost may be in its stream
     * already, and then is there twice; one with a whole id of its own is not, for that is looked up.
     *
     * @param retries 0, the default, for never; below 0 until the publisher is closed
     * @return the options with it
     */
    public PublisherOptions withNetworkRetry(int retries) {
        return withRetrying(new Retrying(retries, retrying.first(), retrying.longest()));
    }

    /**
     * What follows a failure of the network.
     *
     * @param chosen no retries, and waits from 100 ms to 10 s, twice as long each, if nothing is said
     * @return the options with it
     */
    public PublisherOptions withRetrying(Retrying chosen) {
        return new PublisherOptions(maxLength, replication, chosen, listener);
    }

    /**
     * Who is told what goes wrong, by one thread. A slow listener holds nothing up: it misses events, and is told how many.
     *
     * @param told is told
     * @return the options with it
     */
    public PublisherOptions withListener(Consumer<? super PublisherEvent> told) {
        return new PublisherOptions(maxLength, replication, retrying, told);
    }

    /**
     * How long a stream may become.
     *
     * @return empty for any length
     */
    public Optional<MaxLength> maxLength() {
        return Optional.ofNullable(maxLength);
    }

    /**
     * How many replicas are waited for.
     *
     * @return the replication
     */
    public Replication replication() {
        return replication;
    }

    /**
     * What follows a failure of the network.
     *
     * @return how often it is tried again, and when
     */
    public Retrying retrying() {
        return retrying;
    }

    Consumer<? super PublisherEvent> listener() {
        return listener;
    }
}
