// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.events.Dispatcher;
import dev.millrace.redisstreams.groups.GroupBroker;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/* Over 300 lines: a consumer has many settings, and each is a method with its Javadoc. */
/** Collects what a {@link StreamConsumer} is to do. Not thread-safe. */
public final class StreamConsumerBuilder {
    private static final int SPARE_CONNECTIONS = 8;

    private final RedisOptions redis;
    private final ConsumerOptions options = new ConsumerOptions();
    private final Map<String, Handlers> streams = new LinkedHashMap<>();
    private Consumer<? super ConsumerEvent> listener = event -> {};

    private record Handlers(
            MessageHandler handler, @Nullable MessageHandler deadLetters) {}

    StreamConsumerBuilder(RedisOptions redis) {
        this.redis = redis;
    }

    /**
     * Which consumer group. It is made if it does not exist, and so is the stream.
     *
     * @param name its name
     * @return this builder
     */
    public StreamConsumerBuilder group(String name) {
        options.group(name);
        return this;
    }

    /**
     * Who this consumer is in its group. What was pending under this name at the start is handled first.
     *
     * @param name one that no other running consumer of the group has, and that stays the same over restarts
     * @return this builder
     */
    public StreamConsumerBuilder consumer(String name) {
        options.consumer(name);
        return this;
    }

    /**
     * Where a group begins that does not exist.
     *
     * @param where {@link GroupStart#EVERYTHING} if nothing is said
     * @return this builder
     */
    public StreamConsumerBuilder start(GroupStart where) {
        options.start(where);
        return this;
    }

    /**
     * How long one read waits at the server. Closing does not wait for it.
     *
     * @param length zero for no limit, the default: it is 5 seconds then, and the next follows at once
     * @return this builder
     */
    public StreamConsumerBuilder readTimeout(Duration length) {
        options.readTimeout(length);
        return this;
    }

    /**
     * How long a handler may take; then it is interrupted and has failed with a {@link java.util.concurrent.TimeoutException}.
     *
     * @param length zero, the default, for as long as it takes
     * @return this builder
     */
    public StreamConsumerBuilder handlerTimeout(Duration length) {
        options.handlerTimeout(length);
        return this;
    }

    /**
     * After which time without a word a pending message is anybody's: how long it takes until another consumer gets what this
     * one had when it died. While a handler runs its message is renewed each third of that, so this may be
     * shorter than the handler timeout. The same for all consumers of a group.
     *
     * @param length 100 ms or more; 30 seconds if nothing is said
     * @return this builder
     */
    public StreamConsumerBuilder pendingTimeout(Duration length) {
        options.pendingTimeout(length);
        return this;
    }

    /**
     * How often this consumer claims what is pending for longer than the pending timeout. With Redis 8.4 each read does, at once.
     *
     * @param length zero for never; 10 seconds if nothing is said
     * @return this builder
     */
    public StreamConsumerBuilder claimInterval(Duration length) {
        options.claimInterval(length);
        return this;
    }

    /**
     * Whether a message is removed from its stream when all groups of the stream have acknowledged it. Tell all consumers of the
     * stream the same: the last group's does it.
     *
     * @param wanted false, the default, to leave messages in the stream
     * @return this builder
     */
    public StreamConsumerBuilder removeDone(boolean wanted) {
        options.removeDone(wanted);
        return this;
    }

    /**
     * After which time of being idle the name of another consumer that has nothing pending is removed from the group.
     *
     * @param length zero for never; one day if nothing is said
     * @return this builder
     */
    public StreamConsumerBuilder forgetConsumersAfter(Duration length) {
        options.forgetConsumersAfter(length);
        return this;
    }

    /**
     * How often a message is retried before its dead-letter handler gets it: with 2 its handler has it three times. Redis counts
     * deliveries, so those count too that ended with a consumer's death.
     *
     * @param retries 0 for none; below 0, the default, for as many as it takes
     * @return this builder
     */
    public StreamConsumerBuilder maxRetry(int retries) {
        options.maxRetry(retries);
        return this;
    }

    /**
     * How many handlers run at once, for each stream.
     *
     * @param handlers 0 is the same as 1, the default; at most {@value Worker#MAX_CONCURRENCY}
     * @return this builder
     */
    public StreamConsumerBuilder concurrency(int handlers) {
        options.concurrency(handlers);
        return this;
    }

    /**
     * How many messages of a stream are read at once, at least. Those for which no handler is free wait in this process, where
     * other consumers get them only after the pending timeout.
     *
     * @param messages 0, the default, to read as many as handlers are free
     * @return this builder
     */
    public StreamConsumerBuilder bufferSize(int messages) {
        options.bufferSize(messages);
        return this;
    }

    /**
     * How long a message waits for a retry, where its handler does not say it: twice as long after each, up to a fifth more or
     * less by chance.
     *
     * @param first after the first delivery; 1 ms or more, 100 ms if nothing is said
     * @param longest at least {@code first}; 10 seconds if nothing is said
     * @return this builder
     */
    public StreamConsumerBuilder backoff(Duration first, Duration longest) {
        options.backoff(first, longest);
        return this;
    }

    /**
     * How often in a row reading a stream may fail and be tried again, after 100 ms and then up to 10 seconds, before the
     * consumer gives up and {@link StreamConsumer#ended ends}.
     *
     * @param retries 0 to give up at the first failure; below 0, the default, never to give up
     * @return this builder
     */
    public StreamConsumerBuilder networkRetry(int retries) {
        options.networkRetry(retries);
        return this;
    }

    /**
     * Who is told what goes wrong, by one thread. A slow listener holds nothing up: it misses events, and is told how many.
     *
     * @param told is told
     * @return this builder
     */
    public StreamConsumerBuilder listener(Consumer<? super ConsumerEvent> told) {
        listener = told;
        return this;
    }

    /**
     * Handles the messages of a stream. One whose retries have all failed is acknowledged and {@link ConsumerEvent.Dropped
     * dropped}.
     *
     * @param name the key of the stream, as in {@link dev.millrace.job.QueueName}; each once
     * @param handler who handles its messages
     * @return this builder
     */
    public StreamConsumerBuilder stream(String name, MessageHandler handler) {
        return add(name, new Handlers(handler, null));
    }

    /**
     * Handles the messages of a stream.
     *
     * @param name the key of the stream, as in {@link dev.millrace.job.QueueName}; each once
     * @param handler who handles its messages
     * @param deadLetters who gets a message whose retries have all failed; if this fails, it gets it again after the backoff
     * @return this builder
     */
    public StreamConsumerBuilder stream(String name, MessageHandler handler, MessageHandler deadLetters) {
        return add(name, new Handlers(handler, deadLetters));
    }

    private StreamConsumerBuilder add(String name, Handlers handlers) {
        if (streams.putIfAbsent(name, handlers) != null) {
            throw new IllegalArgumentException("stream " + name + " is given twice; give each once");
        }
        return this;
    }

    /**
     * Begins to consume.
     *
     * @return the consumer, to be closed
     * @throws IllegalArgumentException if the group, the consumer or all streams are missing, or a dead-letter handler would
     *     never be called
     * @throws dev.millrace.broker.BrokerException if no server is there
     */
    public StreamConsumer start() {
        check();
        Dispatcher<ConsumerEvent> dispatcher = new Dispatcher<>(listener, ConsumerEvent.EventsLost::new);
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        CompletableFuture<StreamConsumer> started = new CompletableFuture<>();
        Work.Rules rules = new Work.Rules(options.maxRetry(), options.isLimited(), options.backoff());
        Troubles troubles = new Troubles(dispatcher, rules, options.networkRetry(), error -> {
            if (ended.completeExceptionally(error)) {
                CompletableFuture<?> unused = started.thenAccept(StreamConsumerBuilder::end);
            }
        });
        GroupBroker broker = GroupBroker.open(
                redis.withConnections(Math.max(redis.connections(), streams.size() + SPARE_CONNECTIONS)),
                options.terms(),
                troubles,
                InstantSource.system());
        try {
            Worker worker = worker(broker, rules, troubles).start();
            StreamConsumer consumer = new StreamConsumer(broker, worker, dispatcher, ended);
            started.complete(consumer);
            return consumer;
        } catch (RuntimeException e) {
            broker.close();
            dispatcher.close();
            throw e;
        }
    }

    private void check() {
        options.terms();
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a consumer needs a stream; give one with stream(name, handler)");
        }
        streams.forEach((name, handlers) -> {
            if (handlers.deadLetters() != null && options.maxRetry() < 0) {
                throw new IllegalArgumentException(
                        "stream " + name
                                + " has a dead-letter handler that is never called; say after how many retries with maxRetry(n)");
            }
        });
    }

    private Worker.Builder worker(GroupBroker broker, Work.Rules rules, Troubles troubles) {
        Worker.Builder worker = Worker.on(broker)
                .name(options.terms().consumer())
                .observer(troubles)
                .retry(options.backoff())
                .lease(options.pendingTimeout())
                .timeLimit(options.handlerLimit());
        streams.forEach((name, handlers) -> worker.queue(name, options.concurrency())
                .decide(name, new Work(handlers.handler(), handlers.deadLetters(), rules, troubles)));
        return worker;
    }

    /** Not on the thread that saw the reason: it is one of those that end. */
    private static void end(StreamConsumer consumer) {
        Thread.ofVirtual().name("millrace-redis-ends").start(() -> consumer.close(Duration.ZERO));
    }
}
