// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.connection.stream.StringRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamReadRequest;

/*
 * A container with one subscription a thread, each a consumer of the group, and a listener that acknowledges what it was given, as the
 * reference of Spring Data Redis shows it. Its connections are pooled: it opens one for each read otherwise.
 */
/** Spring Data Redis with Lettuce; arguments: host, port, and {@code publish} or {@code consume}. */
final class SpringStreams {
    private static final String STREAM = "spring";
    private static final String GROUP = "group";
    private static final int PARCEL = 1_000;
    private static final int AT_ONCE = 256;

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate template;
    private final StringRecord message =
            StreamRecords.string(Map.of("body", Peer.PAYLOAD)).withStreamKey(STREAM);

    private SpringStreams(LettuceConnectionFactory connections) {
        this.connections = connections;
        this.template = new StringRedisTemplate(connections);
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        LettucePoolingClientConfiguration pooled = LettucePoolingClientConfiguration.builder()
                .poolConfig(new GenericObjectPoolConfig<StatefulConnection<?, ?>>())
                .build();
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(arguments[0], Integer.parseInt(arguments[1])), pooled);
        connections.afterPropertiesSet();
        connections.start();
        SpringStreams streams = new SpringStreams(connections);
        Peer.serve(arguments[2].equals("publish") ? streams::publish : streams::consume);
        connections.destroy();
    }

    private long publish(int jobs, int threads) throws Exception {
        template.delete(STREAM);
        return Peer.often(jobs, threads, () -> template.opsForStream().add(message));
    }

    private long consume(int jobs, int threads) throws InterruptedException {
        fill(jobs);
        CountDownLatch left = new CountDownLatch(jobs);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            StreamMessageListenerContainer<String, MapRecord<String, String, String>> container =
                    StreamMessageListenerContainer.create(
                            connections,
                            StreamMessageListenerContainerOptions.builder()
                                    .batchSize(AT_ONCE)
                                    .pollTimeout(Duration.ofMillis(100))
                                    .executor(executor)
                                    .build());
            for (int i = 0; i < threads; i++) {
                StreamReadRequest<String> request = StreamReadRequest.builder(
                                StreamOffset.create(STREAM, ReadOffset.lastConsumed()))
                        .consumer(Consumer.from(GROUP, "consumer-" + i))
                        .autoAcknowledge(false)
                        .build();
                container.register(request, record -> {
                    template.opsForStream().acknowledge(GROUP, record);
                    left.countDown();
                });
            }
            long begin = System.nanoTime();
            container.start();
            left.await();
            long nanos = System.nanoTime() - begin;
            container.stop();
            return nanos;
        }
    }

    private void fill(int jobs) {
        template.delete(STREAM);
        for (int i = 0; i < jobs; i += PARCEL) {
            template.executePipelined((org.springframework.data.redis.core.RedisCallback<?>) connection -> {
                for (int j = 0; j < PARCEL; j++) {
                    template.opsForStream().add(message);
                }
                return null;
            });
        }
        template.opsForStream().createGroup(STREAM, ReadOffset.from("0"), GROUP);
    }
}
