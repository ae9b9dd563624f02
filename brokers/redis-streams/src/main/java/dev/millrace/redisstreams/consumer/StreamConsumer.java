// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.events.Dispatcher;
import dev.millrace.redisstreams.groups.GroupBroker;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Has the messages of some streams handled, as one consumer of a consumer group, until it is closed. It goes on when the server
 * was away, and makes the group anew when that is gone. A {@link Worker} does the work. Thread-safe.
 *
 * @see <a href="https://redis.io/docs/latest/develop/data-types/streams/">Redis Streams</a>
 */
public final class StreamConsumer implements AutoCloseable {
    private final GroupBroker broker;
    private final Worker worker;
    private final Dispatcher<ConsumerEvent> dispatcher;
    private final CompletableFuture<@Nullable Void> ended;

    StreamConsumer(
            GroupBroker broker,
            Worker worker,
            Dispatcher<ConsumerEvent> dispatcher,
            CompletableFuture<@Nullable Void> ended) {
        this.broker = broker;
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.ended = ended;
    }

    /**
     * Begins a consumer.
     *
     * @param options where Redis is
     * @return a builder
     */
    public static StreamConsumerBuilder on(RedisOptions options) {
        return new StreamConsumerBuilder(options);
    }

    /**
     * How it stands, stream by stream.
     *
     * @return the state of this moment
     */
    public Health health() {
        return worker.health();
    }

    /**
     * The end of the consumer.
     *
     * @return completes when it was closed; fails with what went wrong when it gave up after {@link
     *     StreamConsumerBuilder#networkRetry} failures in a row
     */
    public CompletionStage<@Nullable Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** Stops: no more messages, and handlers that run may end within 10 seconds. May be called again. */
    @Override
    public void close() {
        close(Worker.CLOSE_PATIENCE);
    }

    /**
     * Stops: no more messages; what was handled is acknowledged, also while closing. Handlers that run longer than the patience
     * are interrupted. Their messages, those that were read and not begun, and those that wait for a retry stay pending,
     * and other consumers may claim them at once; the delivery of what was not handled does not count. May be called again.
     *
     * @param patience how long handlers may still take; zero interrupts at once
     */
    public void close(Duration patience) {
        worker.drain(patience);
        broker.close();
        dispatcher.close();
        ended.complete(null);
    }
}
