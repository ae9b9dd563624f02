// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.events.Dispatcher;
import dev.millrace.redisstreams.link.RedisLink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Adds messages to streams. Thread-safe; each call has a connection to itself while it runs.
 *
 * @see <a href="https://redis.io/docs/latest/commands/xadd/">XADD</a>
 */
public final class StreamPublisher implements AutoCloseable {
    private final RedisLink link;
    private final Wire wire;
    private final Persistence persistence;
    private final Dispatcher<PublisherEvent> dispatcher;
    private final AsyncPublishing async;

    private StreamPublisher(RedisLink link, PublisherOptions options) {
        this.link = link;
        Wording wording = new Wording(options.maxLength().orElse(null));
        this.wire = new Wire(link, wording, options.replication());
        this.dispatcher = new Dispatcher<>(options.listener(), PublisherEvent.EventsLost::new);
        Pauses pauses =
                new Pauses(options.retrying(), () -> ThreadLocalRandom.current().nextDouble());
        this.persistence = new Persistence(wire, pauses, dispatcher);
        this.async = new AsyncPublishing(wire, wording, persistence);
    }

    /**
     * Connects.
     *
     * @param redis where Redis is
     * @return a publisher with the default options
     * @throws RedisException if no server is there
     */
    public static StreamPublisher open(RedisOptions redis) {
        return open(redis, PublisherOptions.defaults());
    }

    /**
     * Connects.
     *
     * @param redis where Redis is
     * @param options how the publisher works
     * @return the publisher
     * @throws RedisException if no server is there
     */
    public static StreamPublisher open(RedisOptions redis, PublisherOptions options) {
        return new StreamPublisher(RedisLink.open(redis), options);
    }

    /**
     * Publishes a message. After a lost connection, and if there are retries, it may be in its stream twice, unless it has a
     * whole id of its own.
     *
     * @param message which; with at least one field
     * @return its id
     * @throws IllegalArgumentException if it has no field
     * @throws IdTooSmallException if it has an id of its own that is not above all that the stream ever had
     * @throws NotReplicatedException if it is in the stream, but not as many replicas have it as were asked for
     * @throws RedisConnectionException if the connection failed and no retry is left; it may have been published if {@link
     *     RedisConnectionException#mayHaveBeenExecuted()}
     * @throws RedisException if the server refused it
     * @throws IllegalStateException if the publisher is closed
     */
    public String publish(StreamMessage message) {
        check(message);
        try {
            return wire.add(message);
        } catch (RedisException e) {
            return persistence.publish(message, e);
        }
    }

    /**
     * Publishes a message and does not wait for it. Messages of one thread to one stream are added in their order, unless some
     * are retried.
     *
     * @param message which; with at least one field
     * @return its id, or what {@link #publish} throws
     * @throws IllegalArgumentException if it has no field
     * @throws IllegalStateException if the publisher is closed
     */
    public CompletableFuture<String> publishAsync(StreamMessage message) {
        check(message);
        return async.publish(message);
    }

    /**
     * Publishes messages, many in one write, those of one stream in their order, unless some are retried.
     *
     * @param messages which; each with at least one field
     * @return one result for each, in their order
     * @throws IllegalArgumentException if one has no field; then none was published
     * @throws IllegalStateException if the publisher is closed
     */
    public List<PublishResult> publishAll(List<StreamMessage> messages) {
        messages.forEach(this::check);
        return persistence.publishAll(messages, wire.addAll(messages));
    }

    private void check(StreamMessage message) {
        if (message.names().isEmpty()) {
            throw new IllegalArgumentException(message + " has no field; give at least one");
        }
        if (persistence.isClosed()) {
            throw new IllegalStateException("the publisher to Redis at " + link.name() + " is closed");
        }
    }

    /** Ends all that is under way, and all retries; closing again is harmless. */
    @Override
    public void close() {
        persistence.close();
        async.close();
        link.close();
        dispatcher.close();
    }
}
