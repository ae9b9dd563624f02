// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** Loops of bare commands on a stream: what stands beside everything that is built on Redis Streams. */
final class BareStream {
    static final String NAME = "stream";
    static final String GROUP = "group";
    private static final Map<String, String> FIELDS = Map.of("body", "b".repeat(64));
    private static final int PARCEL = 1_000;

    private final int port;

    BareStream(int port) {
        this.port = port;
    }

    /** A new stream with so many entries, and a group that has seen none of them. */
    void fill(int entries) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.del(NAME);
            jedis.xgroupCreate(NAME, GROUP, new StreamEntryID(0), true);
            for (int i = 0; i < entries; i += PARCEL) {
                Pipeline pipeline = jedis.pipelined();
                IntStream.range(0, PARCEL).forEach(j -> pipeline.xadd(NAME, XAddParams.xAddParams(), FIELDS));
                pipeline.sync();
            }
        }
    }

    /** Reads and acknowledges so many entries at a time, on one thread; entries a second. */
    double consume(int entries, int atOnce) {
        fill(entries);
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            long begin = System.nanoTime();
            int done = 0;
            while (done < entries) {
                List<StreamEntry> some = jedis.xreadGroup(
                                GROUP,
                                "one",
                                XReadGroupParams.xReadGroupParams().count(atOnce),
                                Map.of(NAME, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY))
                        .getFirst()
                        .getValue();
                jedis.xack(NAME, GROUP, some.stream().map(StreamEntry::getID).toArray(StreamEntryID[]::new));
                done += some.size();
            }
            return entries / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Adds entries one by one on so many threads, each time over a connection that is free; entries a second. */
    double publish(int entries, int threads) throws Exception {
        Queue<Jedis> connections = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < threads; i++) {
            connections.add(new Jedis("127.0.0.1", port));
        }
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.del(NAME);
            return together(entries, threads, () -> {
                Jedis one = connections.remove();
                one.xadd(NAME, XAddParams.xAddParams(), FIELDS);
                connections.add(one);
            });
        } finally {
            connections.forEach(Jedis::close);
        }
    }

    /** Does something so often, on so many virtual threads; times a second. */
    static double together(int times, int threads, Runnable deed) throws Exception {
        long begin = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> executor.submit(() -> {
                        for (int i = 0; i < times / threads; i++) {
                            deed.run();
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        return times / ((System.nanoTime() - begin) / 1e9);
    }
}
