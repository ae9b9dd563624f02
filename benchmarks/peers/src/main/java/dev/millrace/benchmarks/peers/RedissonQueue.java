// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RedissonClient;

/*
 * The free edition has no queue that acknowledges: RReliableQueue throws there. So a thread takes elements with poll and a
 * timeout, and what it took is gone from Redis: if the process dies, the job is lost. Beside it stands RedissonStream.
 */
/** Redisson's blocking queue; arguments: host, port, and {@code publish} or {@code consume}. */
final class RedissonQueue {
    private static final String NAME = "redisson-queue";
    private static final int PARCEL = 1_000;

    private final RBlockingQueue<String> queue;

    private RedissonQueue(RedissonClient client) {
        this.queue = client.getBlockingQueue(NAME);
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        RedissonClient client = RedissonStream.connect(arguments);
        RedissonQueue queue = new RedissonQueue(client);
        Peer.serve(arguments[2].equals("publish") ? queue::publish : queue::consume);
        client.shutdown();
    }

    private long publish(int jobs, int threads) throws Exception {
        queue.delete();
        return Peer.often(jobs, threads, () -> queue.add(Peer.PAYLOAD));
    }

    private long consume(int jobs, int threads) throws Exception {
        queue.delete();
        for (int i = 0; i < jobs; i += PARCEL) {
            queue.addAll(Collections.nCopies(PARCEL, Peer.PAYLOAD));
        }
        AtomicInteger left = new AtomicInteger(jobs);
        return Peer.together(threads, () -> {
            while (left.getAndDecrement() > 0) {
                if (queue.poll(10, TimeUnit.SECONDS) == null) {
                    throw new IllegalStateException("an element of " + NAME + " is missing");
                }
            }
            return true;
        });
    }
}
