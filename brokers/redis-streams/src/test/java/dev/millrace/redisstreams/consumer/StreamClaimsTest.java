// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Vanished;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was left pending: by others that died, and by earlier lives of the same consumer. */
@Tag("slow")
class StreamClaimsTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(SERVER);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;

    @Test
    void whatADeadConsumerHadIsClaimedAndCountsAsADelivery() {
        world.makeGroup();
        IntStream.range(0, 250).forEach(i -> redis.add(stream, "x " + i));
        world.readAndDie("dead", 250);
        try (StreamConsumer consumer =
                world.hasty("c").concurrency(7).stream(stream, world::done).start()) {
            world.untilHandled(250);
            world.untilNothingIsPending();
            assertThat(world.handled).doesNotHaveDuplicates();
            assertThat(world.deliveries).containsOnly(2);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatIsPendingForLessThanThePendingTimeoutIsLeftAlone() {
        world.makeGroup();
        redis.add(stream, "x 1");
        long begin = System.nanoTime();
        world.readAndDie("slow", 1);
        AtomicLong end = new AtomicLong();
        try (StreamConsumer consumer = world.hasty("c").stream(stream, (message, context) -> {
                    end.set(System.nanoTime());
                    return world.done(message, context);
                })
                .start()) {
            world.untilHandled(1);
            long millis = Duration.ofNanos(end.get() - begin).toMillis();
            assertThat(millis).isGreaterThanOrEqualTo(ConsumerWorld.SHORT.toMillis() - 5);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void nothingIsClaimedWithoutAnInterval() {
        world.makeGroup();
        String id = redis.add(stream, "x 1");
        world.readAndDie("dead", 1);
        try (StreamConsumer consumer = world.hasty("c").claimInterval(Duration.ZERO).stream(stream, world::done)
                .start()) {
            WaitFor.until(
                    "it is idle for long", () -> redis.idle(stream, "g", id) > 3 * ConsumerWorld.SHORT.toMillis());
            redis.add(stream, "x 2");
            world.untilHandled(1);
            assertThat(world.handled.get(0).text("x")).contains("2");
            assertThat(redis.owner(stream, "g", id)).isEqualTo("dead");
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatWasPendingUnderItsOwnNameIsHandledFirstAtTheStart() {
        world.makeGroup();
        IntStream.range(0, 230).forEach(i -> redis.add(stream, "x old"));
        world.readAndDie("c", 230);
        redis.add(stream, "x new");
        try (StreamConsumer consumer = world.consumer("c").claimInterval(Duration.ZERO).stream(stream, world::done)
                .start()) {
            world.untilHandled(231);
            world.untilNothingIsPending();
            assertThat(world.handled).doesNotHaveDuplicates();
            assertThat(world.handled.get(230).text("x")).contains("new");
            assertThat(world.deliveries.subList(0, 230)).containsOnly(2);
            assertThat(world.deliveries.get(230)).isOne();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aMessageWhoseConsumersDieEachTimeBecomesDead() {
        world.makeGroup();
        String id = redis.add(stream, "x 1");
        world.readAndDie("dead", 1);
        redis.ask("XCLAIM " + stream + " g dead 0 " + id);
        try (StreamConsumer consumer = world.hasty("c").maxRetry(1).stream(stream, world::done, world::dead)
                .start()) {
            WaitFor.until("it is dead", () -> world.dead.size() == 1);
            assertThat(world.handled).isEmpty();
            assertThat(world.deliveries).containsExactly(3);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aHandlerThatTakesLongKeepsItsMessage() {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch may = new CountDownLatch(1);
        try (StreamConsumer one =
                        world.hasty("one").stream(stream, world.held(runs, may)).start();
                StreamConsumer other = world.hasty("other").stream("unused-" + stream, world::done)
                        .start()) {
            String id = redis.add(stream, "x 1");
            WaitFor.until("it runs", () -> runs.getCount() == 0);
            try (StreamConsumer thief =
                    world.hasty("thief").stream(stream, world::fails).start()) {
                long[] seen = {0, 0};
                WaitFor.until("it was renewed a few times", () -> {
                    long idle = redis.idle(stream, "g", id);
                    seen[1] += idle < seen[0] ? 1 : 0;
                    seen[0] = idle;
                    return seen[1] >= 5;
                });
                assertThat(redis.owner(stream, "g", id)).isEqualTo("one");
                may.countDown();
                world.untilNothingIsPending();
                assertThat(thief.ended().toCompletableFuture()).isNotDone();
            }
            assertThat(world.deliveries).containsExactly(1);
            assertThat(one.ended().toCompletableFuture()).isNotDone();
            assertThat(other.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aHandlerWhoseMessageWasClaimedIsInterrupted() {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (StreamConsumer consumer = world.hasty("c").claimInterval(Duration.ZERO).stream(
                        stream, world.held(runs, never))
                .start()) {
            String id = redis.add(stream, "x 1");
            WaitFor.until("it runs", () -> runs.getCount() == 0);
            redis.ask("XCLAIM " + stream + " g thief 0 " + id);
            assertThat(world.event(ConsumerEvent.ClaimedByOther.class).message().id())
                    .contains(id);
            assertThat(redis.owner(stream, "g", id)).isEqualTo("thief");
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aPendingMessageThatWasDeletedIsReportedAndForgotten() {
        world.makeGroup();
        String id = redis.add(stream, "x 1");
        world.readAndDie("c", 1);
        redis.ask("XDEL " + stream + " " + id);
        try (StreamConsumer consumer =
                world.hasty("c").stream(stream, world::done).start()) {
            assertThat(world.event(Vanished.class)).isEqualTo(new Vanished(stream, id));
            world.untilNothingIsPending();
            redis.add(stream, "x 2");
            world.untilHandled(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }
}
