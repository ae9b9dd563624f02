// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** One stream, what its handlers got, and what was told. */
final class ConsumerWorld {
    static final Duration SHORT = Duration.ofMillis(300);

    final RawRedis redis;
    final String stream = RawRedis.fresh();
    final List<StreamMessage> handled = new CopyOnWriteArrayList<>();
    final List<StreamMessage> dead = new CopyOnWriteArrayList<>();
    final List<Integer> deliveries = new CopyOnWriteArrayList<>();
    final List<ConsumerEvent> events = new CopyOnWriteArrayList<>();

    ConsumerWorld(RedisServer server) {
        this.redis = new RawRedis(server);
    }

    StreamConsumerBuilder consumer(String name) {
        return StreamConsumer.on(redis.options()).group("g").consumer(name).listener(events::add);
    }

    /** With short backoffs, a short pending timeout, and frequent claims. */
    StreamConsumerBuilder hasty(String name) {
        return consumer(name)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(5))
                .pendingTimeout(SHORT)
                .claimInterval(Duration.ofMillis(50));
    }

    void makeGroup() {
        redis.ask("XGROUP CREATE " + stream + " g 0 MKSTREAM");
    }

    /** What a consumer that dies then leaves behind. */
    List<String> readAndDie(String name, int count) {
        return redis.ask("XREADGROUP GROUP g " + name + " COUNT " + count + " STREAMS " + stream + " >");
    }

    Result done(StreamMessage message, MessageContext context) {
        deliveries.add(context.delivery());
        handled.add(message);
        return Result.success();
    }

    Result dead(StreamMessage message, MessageContext context) {
        deliveries.add(context.delivery());
        dead.add(message);
        return Result.success();
    }

    Result fails(StreamMessage message, MessageContext context) {
        deliveries.add(context.delivery());
        handled.add(message);
        return Result.retry(new IllegalStateException("not now"));
    }

    /** A handler that says that it runs, and goes on when it may. */
    MessageHandler held(CountDownLatch runs, CountDownLatch may) {
        return (message, context) -> {
            runs.countDown();
            may.await();
            return done(message, context);
        };
    }

    <E extends ConsumerEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends ConsumerEvent> E event(Class<E> kind) {
        return WaitFor.value(
                kind.getSimpleName() + " is told", () -> told(kind).stream().findFirst());
    }

    void untilHandled(int count) {
        WaitFor.until(count + " were handled", () -> handled.size() >= count);
    }

    void untilNothingIsPending() {
        assertThat(WaitFor.within(WaitFor.DEADLINE, () -> redis.pending(stream, "g") == 0))
                .as(() -> "all are acknowledged; pending are " + redis.ask("XPENDING " + stream + " g - + 5"))
                .isTrue();
    }
}
