// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.measure.SyncedLoop;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.broker.Broker;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.worker.Worker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** How long one job takes to its handler when nothing else is going on; the synced write is part of it. */
final class WorkerLatency {
    private static final int JOBS = 1000;
    private static final int WRITE_BYTES = 112;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final double PROMISED_MICROS = 2000;

    private final Bench bench;
    private final SynchronousQueue<Long> starts = new SynchronousQueue<>();
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> tails = new ArrayList<>();
    private final List<Double> writes = new ArrayList<>();

    WorkerLatency(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        try (Folder folder = bench.folder("latency");
                Folder bare = bench.folder("loop");
                SyncedLoop loop = new SyncedLoop(bare.path().resolve("loop"), WRITE_BYTES, false);
                Broker broker =
                        EmbeddedBroker.builder().directory(folder.path()).open();
                Worker worker = Worker.on(broker)
                        .queue(MillraceStore.QUEUE, 16)
                        .handle(
                                MillraceStore.QUEUE,
                                (payload, job) -> starts.put(
                                        System.nanoTime() - payload.buffer().getLong()))
                        .start()) {
            for (int round = -Rounds.WARM_UPS; round < bench.options().rounds(); round++) {
                round(broker, loop, round >= 0);
            }
            bench.report().note("worker %s, %s", worker.name(), worker.health());
        }
        report();
    }

    private void round(Broker broker, SyncedLoop loop, boolean counts) throws Exception {
        Latencies times = new Latencies();
        Latencies bare = new Latencies();
        for (int i = 0; i < bench.options().jobs(JOBS); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long start = System.nanoTime();
            loop.once();
            bare.add(System.nanoTime() - start);
            LockSupport.parkNanos(PAUSE_NANOS);
            byte[] now =
                    ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
            broker.send(List.of(Job.of(MillraceStore.QUEUE, Payload.wrap(now))));
            times.add(starts.take());
        }
        String text = String.format(
                Locale.ROOT,
                "p50 %.0f µs, p99 %.0f µs; bare synced write %.0f µs",
                times.micros(0.5),
                times.micros(0.99),
                bare.micros(0.5));
        bench.report().note("%s: %s", counts ? "round" : "warm-up", text);
        if (counts) {
            medians.add(times.micros(0.5));
            tails.add(times.micros(0.99));
            writes.add(bare.micros(0.5));
        }
    }

    private void report() {
        String write = Spread.of(writes).rate();
        bench.report()
                .line(Line.of(
                                "µs p50 from enqueue to start, idle file: broker",
                                Spread.of(medians).rate())
                        .beside("p50 of one fdatasync", write));
        bench.report()
                .line(Line.of(
                                "µs p99 from enqueue to start, idle file: broker",
                                Spread.of(tails).rate())
                        .beside("p50 of one fdatasync", write)
                        .atMost(Spread.of(tails).median(), PROMISED_MICROS, ""));
    }
}
