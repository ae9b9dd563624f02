// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.connection.stream.StringRecord;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamReadRequest;

/*
 * A container with one subscription a thread, each a consumer of the group, and a listener that acknowledges what it was given, as the
 * reference of Spring Data Redis shows it. Its connections are pooled: it opens one for each read otherwise.
 */
/** Spring Data Redis with Lettuce; arguments: host and port. */
final class SpringStreams implements Peer {
    private static final String STREAM = "spring";
    private static final String GROUP = "group";
    private static final String BODY = "body";
    private static final int AT_ONCE = 256;

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate template;

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
        Turns.serve(new SpringStreams(connections));
    }

    @Override
    public void clear() {
        template.delete(STREAM);
        template.opsForStream().createGroup(STREAM, ReadOffset.from("0"), GROUP);
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            template.opsForStream().add(message(payloads.get(0)));
            return;
        }
        RedisSerializer<String> text = RedisSerializer.string();
        template.executePipelined((RedisCallback<?>) connection -> {
            payloads.forEach(
                    payload -> connection.streamCommands().xAdd(message(payload).serialize(text)));
            return null;
        });
    }

    private static StringRecord message(String payload) {
        return StreamRecords.string(Map.of(BODY, payload)).withStreamKey(STREAM);
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
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
                    .consumer(org.springframework.data.redis.connection.stream.Consumer.from(GROUP, "consumer-" + i))
                    .autoAcknowledge(false)
                    .build();
            container.register(request, record -> {
                handler.accept(record.getValue().getOrDefault(BODY, ""));
                template.opsForStream().acknowledge(GROUP, record);
            });
        }
        container.start();
        return () -> {
            container.stop();
            executor.close();
        };
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
