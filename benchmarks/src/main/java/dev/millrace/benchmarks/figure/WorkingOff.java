// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.worker.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** Jobs through a broker and a worker: many that were there before, and single ones for a worker that is idle. */
final class WorkingOff {
    /** How many jobs are sent at once. */
    static final int PARCEL = 1_000;

    private static final int LATENCY_JOBS = 500;
    private static final long PAUSE_NANOS = 2_000_000;

    private final String url;
    private final int concurrency;

    WorkingOff(String url, int concurrency) {
        this.url = url;
        this.concurrency = concurrency;
    }

    /** Sends so many jobs of 64 bytes, then works them off with empty handlers; jobs a second of that. */
    double rate(int jobs) throws InterruptedException {
        QueueName queue = new QueueName("work");
        try (Broker broker = Brokers.open(url)) {
            List<Job> parcel = Collections.nCopies(PARCEL, Job.of(queue, Payload.text("b".repeat(64))));
            for (int i = 0; i < jobs; i += PARCEL) {
                broker.send(parcel);
            }
            CountDownLatch left = new CountDownLatch(jobs);
            long begin = System.nanoTime();
            try (Worker worker = Worker.on(broker)
                    .queue(queue.value(), concurrency)
                    .handle(queue.value(), (payload, job) -> left.countDown())
                    .start()) {
                left.await();
                worker.drain(Duration.ofSeconds(10));
            }
            return jobs / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Reports how long single jobs take from enqueue to start on an idle queue, and whether p99 is as promised. */
    void latency(Bench bench, double promisedMicros) throws Exception {
        String scheme = url.substring(0, url.indexOf(':') + 1);
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        try (Broker broker = Brokers.open(url);
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
                        "µs p50 from enqueue to start, idle " + scheme + " queue",
                        Spread.of(medians).rate()));
        bench.report()
                .line(Line.of(
                                "µs p99 from enqueue to start, idle " + scheme + " queue",
                                Spread.of(tails).rate())
                        .atMost(Spread.of(tails).median(), promisedMicros, ""));
    }
}
