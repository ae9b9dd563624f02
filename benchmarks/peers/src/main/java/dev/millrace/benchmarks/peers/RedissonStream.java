// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RStream;
import org.redisson.api.RStreamAsync;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/*
 * Redisson has no listener of streams, so this is the loop that its user writes: read some, handle them, acknowledge all of them with
 * one command. It knows no retries, no claims and no dead letters.
 */
/** Redisson's stream in a group; arguments: host and port. */
final class RedissonStream implements Peer {
    private static final String NAME = "redisson-stream";
    private static final String GROUP = "group";
    private static final String BODY = "body";
    private static final int AT_ONCE = 256;
    /** One for each thread that waits, and some more. */
    private static final int CONNECTIONS = 300;

    private static final Duration WAIT = Duration.ofMillis(100);

    private final RedissonClient client;
    private final RStream<String, String> stream;

    private RedissonStream(RedissonClient client) {
        this.client = client;
        this.stream = client.getStream(NAME);
    }

    static RedissonClient connect(String[] arguments) {
        Config config = new Config().setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + arguments[0] + ":" + arguments[1])
                .setConnectionPoolSize(CONNECTIONS);
        return Redisson.create(config);
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        Turns.serve(new RedissonStream(connect(arguments)));
    }

    @Override
    public void clear() {
        stream.delete();
        stream.createGroup(
                StreamCreateGroupArgs.name(GROUP).id(StreamMessageId.ALL).makeStream());
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            stream.add(StreamAddArgs.entry(BODY, payloads.get(0)));
            return;
        }
        RBatch batch = client.createBatch();
        RStreamAsync<String, String> added = batch.getStream(NAME);
        for (String payload : payloads) {
            // The batch fails if one of them does.
            Future<?> unused = added.addAsync(StreamAddArgs.entry(BODY, payload));
        }
        batch.execute();
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        return new Threads(threads, thread -> {
            Map<StreamMessageId, Map<String, String>> some = stream.readGroup(
                    GROUP,
                    "consumer-" + thread,
                    StreamReadGroupArgs.neverDelivered().count(AT_ONCE).timeout(WAIT));
            if (!some.isEmpty()) {
                some.values().forEach(entry -> handler.accept(entry.getOrDefault(BODY, "")));
                stream.ack(GROUP, some.keySet().toArray(StreamMessageId[]::new));
            }
        });
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
