// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.consumer.ConsumerEvent.DeadLetterHandlerFailed;
import dev.millrace.redisstreams.consumer.ConsumerEvent.DeadLettered;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Discarded;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Dropped;
import dev.millrace.redisstreams.consumer.ConsumerEvent.HandlerFailed;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failures, retries and dead letters: where any backoff under a minute ended the consumer of the original. */
@Tag("slow")
class StreamRetriesTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(SERVER);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;

    @Test
    void aMessageThatFailsComesAgainAfterItsBackoffAndIsReported() {
        try (StreamConsumer consumer = world.hasty("c").stream(stream, (message, context) -> {
                    world.done(message, context);
                    return context.delivery() < 3
                            ? Result.retry(new IllegalStateException("once more"), Duration.ofMillis(100))
                            : Result.success();
                })
                .start()) {
            String id = redis.add(stream, "x 1");
            world.untilHandled(3);
            world.untilNothingIsPending();
            assertThat(world.deliveries).containsExactly(1, 2, 3);
            WaitFor.until(
                    "both failures are told",
                    () -> world.told(HandlerFailed.class).size() == 2);
            HandlerFailed failed = world.event(HandlerFailed.class);
            assertThat(failed.message().id()).contains(id);
            assertThat(failed.message().text("x")).contains("1");
            assertThat(failed.error()).hasMessage("once more");
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatAHandlerThrowsIsAFailureWhateverItIs() {
        try (StreamConsumer consumer = world.hasty("c").stream(stream, (message, context) -> {
                    world.done(message, context);
                    return switch (context.delivery()) {
                        case 1 -> throw new java.io.IOException("checked");
                        case 2 -> throw new StackOverflowError("an error");
                        case 3 -> nothing();
                        default -> Result.success();
                    };
                })
                .start()) {
            redis.add(stream, "x 1");
            world.untilHandled(4);
            world.untilNothingIsPending();
            WaitFor.until("all are told", () -> world.told(HandlerFailed.class).size() == 3);
            assertThat(world.told(HandlerFailed.class))
                    .extracting(event -> (Object) event.error().getClass())
                    .containsExactly(java.io.IOException.class, StackOverflowError.class, NullPointerException.class);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @SuppressWarnings("NullAway") // What it must not do.
    private static Result nothing() {
        return null;
    }

    @Test
    void whatWaitsForItsRetryHoldsNoWorkerAndIsClaimedByNobody() {
        Duration backoff = ConsumerWorld.SHORT.multipliedBy(4);
        MessageHandler handler = (message, context) -> {
            world.done(message, context);
            return message.text("x").orElseThrow().equals("slow") && context.delivery() == 1
                    ? Result.retry(new IllegalStateException("later"), backoff)
                    : Result.success();
        };
        try (StreamConsumer one = world.hasty("one").stream(stream, handler).start()) {
            String slow = redis.add(stream, "x slow");
            world.untilHandled(1);
            try (StreamConsumer other =
                    world.hasty("other").stream(stream, world::fails).start()) {
                WaitFor.until("it waits", () -> redis.owner(stream, "g", slow).equals("one"));
                other.close();
                redis.add(stream, "x quick");
                world.untilHandled(2);
                assertThat(world.handled.get(1).text("x")).contains("quick");
                try (StreamConsumer third =
                        world.hasty("third").stream(stream, world::fails).start()) {
                    world.untilHandled(3);
                    assertThat(world.handled.get(2).text("x")).contains("slow");
                    assertThat(third.ended().toCompletableFuture()).isNotDone();
                }
            }
            world.untilNothingIsPending();
            assertThat(world.deliveries).containsExactly(1, 1, 2);
            assertThat(world.told(HandlerFailed.class)).hasSize(1);
            assertThat(one.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void afterTwoRetriesTheThirdFailureGoesToTheDeadLetterHandler() {
        try (StreamConsumer consumer = world.hasty("c").maxRetry(2).stream(stream, world::fails, world::dead)
                .start()) {
            String id = redis.add(stream, "x 1");
            WaitFor.until("it is dead", () -> world.dead.size() == 1);
            world.untilNothingIsPending();
            assertThat(world.handled).hasSize(3);
            assertThat(world.deliveries).containsExactly(1, 2, 3, 4);
            assertThat(world.dead.get(0).id()).contains(id);
            assertThat(world.event(DeadLettered.class).message().id()).contains(id);
            assertThat(redis.length(stream)).isOne();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        try (StreamConsumer consumer = world.hasty("c").maxRetry(0).stream(stream, world::fails, world::dead)
                .start()) {
            redis.add(stream, "x 1");
            WaitFor.until("it is dead", () -> world.dead.size() == 1);
            world.untilNothingIsPending();
            assertThat(world.handled).hasSize(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void withoutALimitItComesAgainForEver() {
        try (StreamConsumer consumer = world.hasty("c").maxRetry(-1).stream(stream, (message, context) -> {
                    world.done(message, context);
                    return context.delivery() < 20 ? Result.retry(new IllegalStateException()) : Result.success();
                })
                .start()) {
            redis.add(stream, "x 1");
            world.untilHandled(20);
            world.untilNothingIsPending();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aDeadMessageThatNobodyTakesIsAcknowledgedAndThatIsSaid() {
        try (StreamConsumer consumer =
                world.hasty("c").maxRetry(1).stream(stream, world::fails).start()) {
            String id = redis.add(stream, "x 1");
            Dropped dropped = world.event(Dropped.class);
            assertThat(dropped.message().id()).contains(id);
            assertThat(dropped.message().text("x")).contains("1");
            world.untilNothingIsPending();
            assertThat(world.handled).hasSize(2);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aDeadLetterHandlerThatFailsGetsTheMessageAgain() {
        try (StreamConsumer consumer = world.hasty("c").maxRetry(0).stream(stream, world::fails, (message, context) -> {
                    world.dead(message, context);
                    if (world.dead.size() < 3) {
                        throw new IllegalStateException("the grave is full");
                    }
                    return Result.success();
                })
                .start()) {
            redis.add(stream, "x 1");
            WaitFor.until("it is buried", () -> world.dead.size() == 3);
            world.untilNothingIsPending();
            assertThat(world.handled).hasSize(1);
            WaitFor.until(
                    "both failures are told",
                    () -> world.told(DeadLetterHandlerFailed.class).size() == 2);
            assertThat(world.told(DeadLettered.class)).hasSize(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatIsDiscardedIsAcknowledgedAndReported() {
        try (StreamConsumer consumer = world.hasty("c").stream(stream, (message, context) -> {
                    world.done(message, context);
                    return Result.discard(new IllegalStateException("nonsense"));
                })
                .start()) {
            redis.add(stream, "x 1");
            assertThat(world.event(Discarded.class).error()).hasMessage("nonsense");
            world.untilNothingIsPending();
            assertThat(world.handled).hasSize(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aHandlerThatTakesTooLongIsInterruptedAndHasFailed() {
        CountDownLatch never = new CountDownLatch(1);
        try (StreamConsumer consumer = world.hasty("c").handlerTimeout(Duration.ofMillis(100)).stream(
                        stream, (message, context) -> {
                            world.done(message, context);
                            assertThat(context.deadline()).isPresent();
                            if (context.delivery() == 1) {
                                never.await();
                            }
                            return Result.success();
                        })
                .start()) {
            String id = redis.add(stream, "x 1");
            HandlerFailed failed = world.event(HandlerFailed.class);
            assertThat(failed.error()).isInstanceOf(TimeoutException.class);
            assertThat(failed.message().id()).contains(id);
            world.untilHandled(2);
            world.untilNothingIsPending();
            assertThat(world.deliveries).containsExactly(1, 2);
            assertThat(world.told(HandlerFailed.class)).hasSize(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aHandlerThatIgnoresItsInterruptIsReportedAndLeftBehind() {
        AtomicBoolean stop = new AtomicBoolean();
        try (StreamConsumer consumer = world.hasty("c").handlerTimeout(Duration.ofMillis(50)).stream(
                        stream, (message, context) -> {
                            world.done(message, context);
                            while (context.delivery() == 1 && !stop.get()) {
                                Thread.onSpinWait();
                            }
                            return Result.success();
                        })
                .start()) {
            String id = redis.add(stream, "x 1");
            assertThat(world.event(ConsumerEvent.HandlerStuck.class).message().id())
                    .contains(id);
            world.untilHandled(2);
            world.untilNothingIsPending();
            stop.set(true);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aListenerThatBlocksOrThrowsHoldsNothingUp() {
        CountDownLatch never = new CountDownLatch(1);
        List<StreamConsumerBuilder> builders = List.of(
                world.hasty("blocked").listener(event -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }),
                world.hasty("throwing").listener(event -> {
                    throw new IllegalStateException("a bad listener");
                }));
        for (StreamConsumerBuilder builder : builders) {
            world.handled.clear();
            try (StreamConsumer consumer =
                    builder.maxRetry(1).stream(stream, world::fails).start()) {
                for (int i = 0; i < 200; i++) {
                    redis.add(stream, "x " + i);
                }
                world.untilHandled(400);
                world.untilNothingIsPending();
                assertThat(consumer.ended().toCompletableFuture()).isNotDone();
            }
        }
        never.countDown();
    }
}
