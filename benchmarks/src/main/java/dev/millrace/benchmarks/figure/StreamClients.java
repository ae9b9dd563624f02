// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.consumer.Result;
import dev.millrace.redisstreams.consumer.StreamConsumer;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Publisher and consumer of plain streams beside bare loops of the same commands, on one Redis that keeps all in memory. */
final class StreamClients implements Figure {
    private static final String OURS = "millrace";
    private static final String BARE = "bare";
    private static final int ENTRIES = 100_000;
    private static final int ADDED = 32_000;
    static final int AT_ONCE = 256;
    static final int THREADS = 16;
    private static final int PARCEL = 1_000;

    @Override
    public String name() {
        return "redis-client";
    }

    @Override
    public String what() {
        return "64-byte messages published by 16 threads, and consumed with empty handlers; beside bare XADD, and XREADGROUP with"
                + " XACK; messages/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Served redis = Served.redis(bench.folder("redis"))) {
            int port = ((InetSocketAddress) redis.address()).getPort();
            RedisOptions options = RedisOptions.server("127.0.0.1:" + port);
            BareStream stream = new BareStream(port);
            int added = bench.options().jobs(ADDED) / THREADS * THREADS;
            report(
                    bench,
                    "messages/s published, 16 threads",
                    0.9,
                    () -> publish(options, added),
                    () -> stream.publish(added, THREADS));
            int entries = bench.options().jobs(ENTRIES) / PARCEL * PARCEL;
            report(
                    bench,
                    "messages/s consumed, concurrency " + AT_ONCE,
                    0.8,
                    () -> consume(options, stream, entries),
                    () -> stream.consume(entries, AT_ONCE));
        }
    }

    private static void report(Bench bench, String what, double promised, Rounds.Turn ours, Rounds.Turn bare)
            throws Exception {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put(OURS, ours);
        turns.put(BARE, bare);
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        bench.report()
                .line(Line.of(what, rounds.of(OURS).rate())
                        .beside("bare loop", rounds.of(BARE).rate())
                        .ratio(rounds.ratio(OURS, BARE))
                        .atLeast(rounds.ratio(OURS, BARE).median(), promised, " ×"));
    }

    /** Publishes messages on {@value #THREADS} threads; messages a second. */
    static double publish(RedisOptions options, int messages) throws Exception {
        StreamMessage message = StreamMessage.to("published").with("body", "b".repeat(64));
        try (StreamPublisher publisher = StreamPublisher.open(options)) {
            return BareStream.together(messages, THREADS, () -> publisher.publish(message));
        }
    }

    /** Consumes messages that were added before; messages a second. */
    static double consume(RedisOptions options, BareStream stream, int entries) throws InterruptedException {
        stream.fill(entries);
        CountDownLatch left = new CountDownLatch(entries);
        long begin = System.nanoTime();
        try (StreamConsumer consumer =
                StreamConsumer.on(options).group(BareStream.GROUP).consumer("one").concurrency(AT_ONCE).stream(
                                BareStream.NAME, (message, context) -> {
                                    left.countDown();
                                    return Result.success();
                                })
                        .start()) {
            left.await();
        }
        return entries / ((System.nanoTime() - begin) / 1e9);
    }
}
