// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.publisher.MaxLength;
import dev.millrace.redisstreams.publisher.PublishResult;
import dev.millrace.redisstreams.publisher.PublisherOptions;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisCluster;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams that lie on three masters, each with a replica, one of which takes over. */
@Tag("slow")
class StreamClusterTest {
    private static final int COUNT = 1_000;

    @AutoClose
    private final RedisCluster cluster = RedisCluster.start(1);

    private final RedisOptions options = RedisOptions.cluster(cluster.addresses());
    private final List<String> streams =
            Stream.generate(RawRedis::fresh).limit(6).toList();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    private StreamConsumer consumer() {
        StreamConsumerBuilder builder = StreamConsumer.on(options)
                .group("g")
                .consumer("c")
                .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                .concurrency(2)
                .bufferSize(10);
        for (String stream : streams) {
            builder.stream(stream, (message, context) -> {
                handled.add(message.text("n").orElseThrow());
                return context.delivery() == 1 && handled.size() % 10 == 0
                        ? Result.retry(new IllegalStateException("again"))
                        : Result.success();
            });
        }
        return builder.start();
    }

    private StreamMessage message(int number) {
        return StreamMessage.to(streams.get(number % streams.size())).with("n", "" + number);
    }

    /** Right after a failover the new master has no replica; then the message is in its stream all the same. */
    private void publish(StreamPublisher publisher, int number) {
        try {
            publisher.publish(message(number));
        } catch (NotReplicatedException e) {
            assertThat(e.id()).isNotEmpty();
        }
    }

    @Test
    void whatReplicasHaveSurvivesAFailoverAndThePublisherAndTheConsumerGoOn() {
        PublisherOptions safe = PublisherOptions.defaults()
                .withNetworkRetry(-1)
                .withMaxLength(MaxLength.approximately(100))
                .withReplication(new Replication(1, Duration.ofMillis(200)));
        Set<String> published = ConcurrentHashMap.newKeySet();
        try (StreamPublisher publisher = StreamPublisher.open(options, safe);
                StreamConsumer consumer = consumer()) {
            CompletableFuture<Void> producing =
                    CompletableFuture.runAsync(() -> IntStream.range(0, COUNT).forEach(i -> {
                        publish(publisher, i);
                        published.add("" + i);
                    }));
            WaitFor.until("some were published", () -> published.size() > COUNT / 3);
            RedisServer master = cluster.masters().get(0);
            master.kill();
            WaitFor.until("another took over", () -> cluster.masters().size() == 3);
            master.restart();
            WaitFor.until("all were published", Duration.ofSeconds(60), producing::isDone);
            producing.join();
            WaitFor.until("all were handled", Duration.ofSeconds(30), () -> handled.containsAll(published));
            cluster.awaitHealth();
            List<PublishResult> results = publisher.publishAll(
                    IntStream.range(COUNT, 2 * COUNT).mapToObj(this::message).toList());
            assertThat(results)
                    .hasSize(COUNT)
                    .allMatch(result ->
                            result.error().isEmpty() || result.error().get() instanceof NotReplicatedException);
            WaitFor.until("all were handled", Duration.ofSeconds(30), () -> handled.size() == 2 * COUNT);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }
}
