// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import dev.millrace.worker.Health;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A consumer that stops: what is done is acknowledged, and what is not goes to others at once. */
@Tag("slow")
class StreamClosingTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(SERVER);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;
    private final CountDownLatch runs = new CountDownLatch(1);
    private final CountDownLatch may = new CountDownLatch(1);

    /** Long timeouts: whatever another consumer gets soon was handed back. */
    private StreamConsumerBuilder patient(String name) {
        return world.consumer(name).pendingTimeout(Duration.ofMinutes(10)).claimInterval(Duration.ofMillis(50));
    }

    @Test
    void whatAHandlerFinishesWhileClosingIsAcknowledgedAndTheBufferIsHandedBack() {
        IntStream.range(0, 4).forEach(i -> redis.add(stream, "x " + i));
        StreamConsumer consumer = patient("one").bufferSize(10).stream(stream, world.held(runs, may))
                .start();
        WaitFor.until("one runs", () -> runs.getCount() == 0);
        assertThat(redis.pending(stream, "g")).isEqualTo(4);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(consumer::close);
        WaitFor.until("it closes", () -> consumer.health().status() == Health.Status.DRAINING);
        may.countDown();
        closing.join();
        assertThat(world.handled).hasSize(1);
        assertThat(redis.pending(stream, "g")).isEqualTo(3);
        try (StreamConsumer other = patient("other").stream(stream, world::done).start()) {
            world.untilHandled(4);
            world.untilNothingIsPending();
            assertThat(world.deliveries).containsOnly(1);
            assertThat(world.handled).doesNotHaveDuplicates();
            assertThat(other.ended().toCompletableFuture()).isNotDone();
        }
        assertThat(world.events).isEmpty();
    }

    @Test
    void aHandlerWithoutTimeIsInterruptedAndItsDeliveryDoesNotCount() {
        String id = redis.add(stream, "x 1");
        StreamConsumer consumer =
                patient("one").stream(stream, world.held(runs, may)).start();
        WaitFor.until("it runs", () -> runs.getCount() == 0);
        consumer.close(Duration.ZERO);
        assertThat(world.handled).isEmpty();
        assertThat(redis.deliveries(stream, "g", id)).isZero();
        try (StreamConsumer other = patient("other").stream(stream, world::done).start()) {
            world.untilHandled(1);
            assertThat(world.deliveries).containsExactly(1);
            assertThat(other.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatWaitsForARetryIsHandledWhenTheConsumerStartsAgain() {
        String id = redis.add(stream, "x 1");
        try (StreamConsumer consumer = patient("one").stream(
                        stream, (message, context) -> Result.retry(new IllegalStateException(), Duration.ofHours(1)))
                .start()) {
            world.event(ConsumerEvent.HandlerFailed.class);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
        assertThat(redis.deliveries(stream, "g", id)).isOne();
        try (StreamConsumer again = patient("one").stream(stream, world::done).start()) {
            world.untilHandled(1);
            assertThat(world.deliveries).containsExactly(2);
            assertThat(again.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void closingAnIdleConsumerTakesNoTimeAndMayBeDoneTwiceAndAtOnce() {
        StreamConsumer consumer = patient("one").readTimeout(Duration.ZERO).stream(stream, world::done)
                .start();
        redis.add(stream, "x 1");
        world.untilHandled(1);
        long begin = System.nanoTime();
        IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(consumer::close))
                .toList()
                .forEach(CompletableFuture::join);
        consumer.close(Duration.ZERO);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(consumer.ended().toCompletableFuture()).isCompleted();
    }

    @Test
    void nothingIsLostBetweenConsumersThatComeAndGo() {
        int count = 2_000;
        CompletableFuture<Void> producing =
                CompletableFuture.runAsync(() -> IntStream.range(0, count).forEach(i -> redis.add(stream, "x " + i)));
        for (int round = 0; round < 20; round++) {
            try (StreamConsumer consumer = patient("c" + round % 3).concurrency(4).bufferSize(20).stream(
                            stream, world::done)
                    .start()) {
                int before = world.handled.size();
                WaitFor.within(Duration.ofSeconds(1), () -> world.handled.size() > before + 20);
                assertThat(consumer.ended().toCompletableFuture()).isNotDone();
            }
        }
        producing.join();
        try (StreamConsumer last =
                patient("last").concurrency(8).stream(stream, world::done).start()) {
            WaitFor.until("all came", () -> world.handled.stream().distinct().count() == count);
            world.untilNothingIsPending();
            assertThat(last.ended().toCompletableFuture()).isNotDone();
        }
        assertThat(world.handled).hasSize(count);
    }
}
