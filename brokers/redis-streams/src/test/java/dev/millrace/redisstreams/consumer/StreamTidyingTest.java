// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a consumer removes: messages that all are done with, and names of consumers that are gone. */
@Tag("slow")
class StreamTidyingTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(SERVER);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;

    @Test
    void whatIsDoneStaysInTheStream() {
        redis.add(stream, "x 1");
        try (StreamConsumer consumer =
                world.consumer("c").stream(stream, world::done).start()) {
            world.untilHandled(1);
            world.untilNothingIsPending();
            assertThat(redis.length(stream)).isEqualTo(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatIsDoneIsRemovedIfThatIsWanted() {
        IntStream.range(0, 20).forEach(i -> redis.add(stream, "x " + i));
        try (StreamConsumer consumer = world.consumer("c").removeDone(true).concurrency(4).stream(stream, world::done)
                .start()) {
            world.untilHandled(20);
            WaitFor.until("the stream is empty", () -> redis.length(stream) == 0);
            assertThat(redis.pending(stream, "g")).isZero();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatAnotherGroupNeedsIsNotRemoved() {
        redis.ask("XGROUP CREATE " + stream + " other 0 MKSTREAM");
        String pending = redis.add(stream, "x 1");
        String acknowledged = redis.add(stream, "x 2");
        String notRead = redis.add(stream, "x 3");
        redis.ask("XREADGROUP GROUP other o COUNT 2 STREAMS " + stream + " >");
        redis.ask("XACK " + stream + " other " + acknowledged);
        try (StreamConsumer consumer =
                world.consumer("c").removeDone(true).stream(stream, world::done).start()) {
            world.untilHandled(3);
            world.untilNothingIsPending();
            WaitFor.until("one is removed", () -> redis.length(stream) == 2);
            List<String> left = redis.ask("XRANGE " + stream + " - +");
            assertThat(left).contains(pending, notRead).doesNotContain(acknowledged);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aNameThatWasIdleForLongIsRemovedAndOneWithPendingMessagesIsNot() {
        world.makeGroup();
        redis.add(stream, "x 1");
        world.readAndDie("busy", 1);
        redis.ask("XGROUP CREATECONSUMER " + stream + " g gone");
        try (StreamConsumer consumer = world
                .consumer("c")
                .pendingTimeout(Duration.ofMillis(150))
                .claimInterval(Duration.ZERO)
                .forgetConsumersAfter(Duration.ofMillis(400))
                .stream(stream, world::done)
                .start()) {
            redis.add(stream, "x 2");
            world.untilHandled(1);
            WaitFor.until("one is gone", () -> !names().contains("gone"));
            WaitFor.until("the other would have been idle for long", () -> idle("busy") > 2_000);
            assertThat(names()).contains("busy", "c");
            assertThat(redis.pending(stream, "g")).isEqualTo(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    private List<String> names() {
        return redis.ask("XINFO CONSUMERS " + stream + " g");
    }

    private long idle(String name) {
        List<String> all = names();
        return Long.parseLong(all.get(all.indexOf(name) + 4));
    }
}
