// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a consumer does as long as nothing goes wrong, and how it speaks with programs of others. */
class StreamConsumerTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final RawRedis redis = new RawRedis(SERVER);
    private final String stream = RawRedis.fresh();
    private final List<StreamMessage> handled = new CopyOnWriteArrayList<>();

    private StreamConsumerBuilder consumer() {
        return StreamConsumer.on(redis.options()).group("g").consumer("c");
    }

    private Result done(StreamMessage message, MessageContext context) {
        handled.add(message);
        return Result.success();
    }

    @Test
    void whatIsPublishedIsHandledAndAcknowledged() {
        try (StreamPublisher publisher = StreamPublisher.open(redis.options());
                StreamConsumer consumer = consumer().stream(stream, this::done).start()) {
            String id = publisher.publish(StreamMessage.to(stream).with("a", "1").with("b", new byte[] {0, -1, 13, 10}));
            WaitFor.until("it was handled", () -> handled.size() == 1);
            assertThat(handled.get(0).id()).contains(id);
            assertThat(handled.get(0).names()).containsExactly("a", "b");
            assertThat(handled.get(0).bytes("b")).contains(new byte[] {0, -1, 13, 10});
            WaitFor.until("it was acknowledged", () -> redis.pending(stream, "g") == 0);
            assertThat(redis.length(stream)).isOne();
            assertThat(consumer.health().status()).isNotNull();
        }
    }
}
