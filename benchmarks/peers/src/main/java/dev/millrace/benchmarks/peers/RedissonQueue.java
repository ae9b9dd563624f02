// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RedissonClient;

/*
 * The free edition has no queue that acknowledges: RReliableQueue throws there. So a thread takes elements with poll and a
 * timeout, and what it took is gone from Redis: if the process dies, the job is lost. Beside it stands RedissonStream.
 */
/** Redisson's blocking queue; arguments: host and port. */
final class RedissonQueue implements Peer {
    private final RedissonClient client;
    private final RBlockingQueue<String> queue;

    private RedissonQueue(RedissonClient client) {
        this.client = client;
        this.queue = client.getBlockingQueue("redisson-queue");
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        Turns.serve(new RedissonQueue(RedissonStream.connect(arguments)));
    }

    @Override
    public void clear() {
        queue.delete();
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            queue.add(payloads.get(0));
        } else {
            queue.addAll(payloads);
        }
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        return new Threads(threads, thread -> {
            String taken = queue.poll(1, TimeUnit.SECONDS);
            if (taken != null) {
                handler.accept(taken);
            }
        });
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
