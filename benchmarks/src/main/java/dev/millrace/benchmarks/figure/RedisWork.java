// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.worker.Worker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/*
 * Both work off what was put there before, on one Redis that keeps all in memory. The bare loop is one thread that reads as many
 * entries at a time as the worker does and acknowledges them with one command; it leaves them in the stream, where the broker removes
 * what is done, tells deliveries apart and keeps leases.
 */
/** A worker on {@code redis:} beside a bare loop of XREADGROUP and XACK. */
final class RedisWork implements Figure {
    private static final int JOBS = 100_000;
    static final int CONCURRENCY = 256;
    private static final int PARCEL = 1_000;
    private static final int LATENCY_JOBS = 500;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final String BARE = "bare";

    @Override
    public String name() {
        return "redis-work";
    }

    @Override
    public String what() {
        return "64-byte jobs worked off with empty handlers through redis:, jobs/s, beside a bare XREADGROUP/XACK loop; and from"
                + " enqueue to start on an idle queue";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Served redis = Served.redis(bench.folder("redis"))) {
            int port = ((InetSocketAddress) redis.address()).getPort();
            int jobs = bench.options().jobs(JOBS) / PARCEL * PARCEL;
            Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
            turns.put("millrace", () -> worked(port, jobs));
            turns.put(BARE, () -> new BareStream(port).consume(jobs, CONCURRENCY));
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            bench.report()
                    .line(Line.of(
                                    "jobs/s, Worker of concurrency " + CONCURRENCY,
                                    rounds.of("millrace").rate())
                            .beside("bare loop", rounds.of(BARE).rate())
                            .ratio(rounds.ratio("millrace", BARE))
                            .atLeast(rounds.ratio("millrace", BARE).median(), 0.6, " ×"));
            latency(bench, port);
        }
    }

    private static Broker broker(int port) {
        return Brokers.open("redis://127.0.0.1:" + port);
    }

    /** Works jobs off that were sent before; jobs a second. */
    static double worked(int port, int jobs) throws InterruptedException {
        QueueName queue = new QueueName("work");
        try (Broker broker = broker(port)) {
            List<Job> parcel = Collections.nCopies(PARCEL, Job.of(queue, Payload.text("b".repeat(64))));
            for (int i = 0; i < jobs; i += PARCEL) {
                broker.send(parcel);
            }
            CountDownLatch left = new CountDownLatch(jobs);
            long begin = System.nanoTime();
            try (Worker worker = Worker.on(broker)
                    .queue(queue.value(), CONCURRENCY)
                    .handle(queue.value(), (payload, job) -> left.countDown())
                    .start()) {
                left.await();
                worker.drain(Duration.ofSeconds(10));
            }
            double rate = jobs / ((System.nanoTime() - begin) / 1e9);
            broker.facet(Administrable.class).orElseThrow().purge(queue);
            return rate;
        }
    }

    private static void latency(Bench bench, int port) throws Exception {
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        try (Broker broker = broker(port);
                Worker worker = Worker.on(broker)
                        .queue("idle", 16)
                        .handle(
                                "idle",
                                (payload, job) -> starts.put(
                                        System.nanoTime() - payload.buffer().getLong()))
                        .start()) {
            for (int round = -Rounds.WARM_UPS; round < bench.options().rounds(); round++) {
                Latencies times = new Latencies();
                for (int i = 0; i < bench.options().jobs(LATENCY_JOBS); i++) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    byte[] now = ByteBuffer.allocate(Long.BYTES)
                            .putLong(System.nanoTime())
                            .array();
                    broker.send(List.of(Job.of("idle", Payload.wrap(now))));
                    times.add(starts.take());
                }
                bench.report()
                        .note(String.format(
                                Locale.ROOT, "p50 %.0f µs, p99 %.0f µs", times.micros(0.5), times.micros(0.99)));
                if (round >= 0) {
                    medians.add(times.micros(0.5));
                    tails.add(times.micros(0.99));
                }
            }
            bench.report().note("worker %s, %s", worker.name(), worker.health());
        }
        bench.report()
                .line(Line.of(
                        "µs p50 from enqueue to start, idle redis: queue",
                        Spread.of(medians).rate()));
        bench.report()
                .line(Line.of(
                                "µs p99 from enqueue to start, idle redis: queue",
                                Spread.of(tails).rate())
                        .atMost(Spread.of(tails).median(), 3_000, ""));
    }
}
