// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.BrokerException;
import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a consumer does as long as nothing goes wrong, and how it gets on with programs of others. */
@Tag("slow")
class StreamConsumerTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(SERVER);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;

    @Test
    void whatIsPublishedIsHandledAndAcknowledged() {
        try (StreamPublisher publisher = StreamPublisher.open(redis.options());
                StreamConsumer consumer =
                        world.consumer("c").stream(stream, world::done).start()) {
            String id =
                    publisher.publish(StreamMessage.to(stream).with("a", "1").with("b", new byte[] {0, -1, 13, 10}));
            world.untilHandled(1);
            StreamMessage message = world.handled.get(0);
            assertThat(message.id()).contains(id);
            assertThat(message.stream()).isEqualTo(stream);
            assertThat(message.names()).containsExactly("a", "b");
            assertThat(message.bytes("b").orElseThrow()).containsExactly(0, -1, 13, 10);
            world.untilNothingIsPending();
            assertThat(redis.length(stream)).isOne();
            assertThat(world.deliveries).containsExactly(1);
            assertThat(world.events).isEmpty();
            assertThat(consumer.health().queues()).hasSize(1);
        }
    }

    @Test
    void aRawProducerAndARawConsumerShareTheGroup() {
        world.makeGroup();
        String first = redis.add(stream, "x 1 y 2");
        String second = redis.add(stream, "x 3");
        assertThat(world.readAndDie("raw", 1)).contains(first, "x", "1", "y", "2");
        try (StreamConsumer consumer = world.consumer("c").claimInterval(Duration.ZERO).stream(stream, world::done)
                .start()) {
            world.untilHandled(1);
            assertThat(world.handled.get(0).id()).contains(second);
            assertThat(world.handled.get(0).texts()).isEqualTo(Map.of("x", "3"));
            assertThat(redis.owner(stream, "g", first)).isEqualTo("raw");
            assertThat(redis.first("XACK " + stream + " g " + first)).isEqualTo("1");
            world.untilNothingIsPending();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void messagesFromBeforeTheFirstStartAreHandled() {
        redis.add(stream, "x 1");
        try (StreamConsumer consumer =
                world.consumer("c").stream(stream, world::done).start()) {
            world.untilHandled(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aGroupThatIsToBeginWithWhatIsNewDoes() {
        redis.add(stream, "x old");
        try (StreamConsumer consumer = world.consumer("c").start(GroupStart.NEW).stream(stream, world::done)
                .start()) {
            redis.add(stream, "x new");
            world.untilHandled(1);
            assertThat(world.handled.get(0).text("x")).contains("new");
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void eachOfManyMessagesIsHandledOnceWithAndWithoutABuffer() {
        for (int buffer : List.of(0, 100)) {
            ConsumerWorld fresh = new ConsumerWorld(SERVER);
            Map<String, Integer> counts = new ConcurrentHashMap<>();
            try (StreamPublisher publisher = StreamPublisher.open(redis.options());
                    StreamConsumer consumer = fresh.consumer("c").concurrency(16).bufferSize(buffer).stream(
                                    fresh.stream, (message, context) -> {
                                        counts.merge(message.text("n").orElseThrow(), 1, Integer::sum);
                                        return Result.success();
                                    })
                            .start()) {
                List<StreamMessage> messages = IntStream.range(0, 5_000)
                        .mapToObj(i -> StreamMessage.to(fresh.stream).with("n", "" + i))
                        .toList();
                assertThat(publisher.publishAll(messages))
                        .allMatch(result -> result.id().isPresent());
                WaitFor.until("all were handled", () -> counts.size() == messages.size());
                fresh.untilNothingIsPending();
                assertThat(counts.values()).allMatch(count -> count == 1);
                assertThat(consumer.ended().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void severalStreamsHaveHandlersOfTheirOwn() {
        String other = RawRedis.fresh();
        AtomicInteger others = new AtomicInteger();
        try (StreamConsumer consumer = world.consumer("c").stream(stream, world::done).stream(
                        other, (message, context) -> {
                            others.incrementAndGet();
                            return Result.success();
                        })
                .start()) {
            redis.add(stream, "x 1");
            redis.add(other, "x 2");
            world.untilHandled(1);
            WaitFor.until("the other too", () -> others.get() == 1);
            assertThat(consumer.health().queues()).hasSize(2);
        }
    }

    @Test
    void aConcurrencyOfZeroIsOneAndNoTimeoutIsNone() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (StreamConsumer consumer = world.consumer("c").concurrency(0).handlerTimeout(Duration.ZERO).stream(
                        stream, (message, context) -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            assertThat(context.deadline()).isEmpty();
                            assertThat(context.cancelled()).isFalse();
                            running.decrementAndGet();
                            return world.done(message, context);
                        })
                .start()) {
            IntStream.range(0, 20).forEach(i -> redis.add(stream, "x " + i));
            world.untilHandled(20);
            assertThat(most).hasValue(1);
            assertThat(world.events).isEmpty();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void readsAsManyAsAreHandledUnlessThereIsABuffer() {
        for (int buffer : List.of(0, 10)) {
            ConsumerWorld fresh = new ConsumerWorld(SERVER);
            CountDownLatch runs = new CountDownLatch(2);
            CountDownLatch may = new CountDownLatch(1);
            IntStream.range(0, 20).forEach(i -> redis.add(fresh.stream, "x " + i));
            try (StreamConsumer consumer = fresh.consumer("c").concurrency(2).bufferSize(buffer).stream(
                            fresh.stream, fresh.held(runs, may))
                    .start()) {
                WaitFor.until("two run", () -> runs.getCount() == 0);
                assertThat(redis.pending(fresh.stream, "g")).isEqualTo(Math.max(2, buffer));
                may.countDown();
                fresh.untilHandled(20);
                assertThat(consumer.ended().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void whatWouldNotWorkIsRefusedAtTheStart() {
        RedisOptions options = redis.options();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamConsumer.on(options).group("g").stream(stream, world::done)
                        .start())
                .withMessageContaining("consumer(name)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").start())
                .withMessageContaining("needs a stream");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").stream(stream, world::done, world::dead)
                        .start())
                .withMessageContaining("maxRetry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").stream(stream, world::done).stream(stream, world::done))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").pendingTimeout(Duration.ZERO))
                .withMessageContaining("100 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").bufferSize(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.consumer("c").concurrency(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> world.consumer(" "));
    }

    @Test
    void aServerThatIsNotThereIsToldAtTheStart() {
        assertThatThrownBy(() -> StreamConsumer.on(RedisOptions.server("127.0.0.1:1")).group("g").consumer("c").stream(
                                stream, world::done)
                        .start())
                .isInstanceOf(BrokerException.class);
    }

    @Test
    void aKeyThatIsNoStreamIsToldAtTheStart() {
        redis.ask("SET " + stream + " 1");
        assertThatThrownBy(() -> world.consumer("c").stream(stream, world::done).start())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("WRONGTYPE");
    }
}
