// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
/** Redisson's stream in a group; arguments: host, port, and {@code publish} or {@code consume}. */
final class RedissonStream {
    private static final String NAME = "redisson-stream";
    private static final String GROUP = "group";
    private static final int PARCEL = 1_000;
    private static final int AT_ONCE = 256;

    private final RedissonClient client;
    private final RStream<String, String> stream;

    private RedissonStream(RedissonClient client) {
        this.client = client;
        this.stream = client.getStream(NAME);
    }

    static RedissonClient connect(String[] arguments) {
        Config config = new Config().setCodec(StringCodec.INSTANCE);
        config.useSingleServer().setAddress("redis://" + arguments[0] + ":" + arguments[1]);
        return Redisson.create(config);
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        RedissonClient client = connect(arguments);
        RedissonStream stream = new RedissonStream(client);
        Peer.serve(arguments[2].equals("publish") ? stream::publish : stream::consume);
        client.shutdown();
    }

    private static StreamAddArgs<String, String> message() {
        return StreamAddArgs.entry("body", Peer.PAYLOAD);
    }

    private long publish(int jobs, int threads) throws Exception {
        stream.delete();
        return Peer.often(jobs, threads, () -> stream.add(message()));
    }

    private long consume(int jobs, int threads) throws Exception {
        fill(jobs);
        AtomicInteger left = new AtomicInteger(jobs);
        AtomicInteger consumers = new AtomicInteger();
        return Peer.together(threads, () -> {
            String consumer = "consumer-" + consumers.getAndIncrement();
            while (left.get() > 0) {
                Map<StreamMessageId, Map<String, String>> some = stream.readGroup(
                        GROUP, consumer, StreamReadGroupArgs.neverDelivered().count(AT_ONCE));
                if (!some.isEmpty()) {
                    stream.ack(GROUP, some.keySet().toArray(StreamMessageId[]::new));
                    left.addAndGet(-some.size());
                }
            }
            return true;
        });
    }

    private void fill(int jobs) {
        stream.delete();
        for (int i = 0; i < jobs; i += PARCEL) {
            RBatch batch = client.createBatch();
            RStreamAsync<String, String> added = batch.getStream(NAME);
            for (int j = 0; j < PARCEL; j++) {
                // The batch fails if one of them does.
                Future<?> unused = added.addAsync(message());
            }
            batch.execute();
        }
        stream.createGroup(StreamCreateGroupArgs.name(GROUP).id(StreamMessageId.ALL));
    }
}
