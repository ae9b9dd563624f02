// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

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
        try (Broker broker = Brokers.open(url)) {
            return rate(broker, jobs, concurrency);
        }
    }

    /** The same with a broker that is open. */
    static double rate(Broker broker, int jobs, int concurrency) throws InterruptedException {
        QueueName queue = new QueueName("work");
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

    /** Reports how long single jobs take from enqueue to start on an idle queue, and whether p99 is as promised. */
    void latency(Bench bench, double promisedMicros) throws Exception {
        String scheme = url.substring(0, url.indexOf(':') + 1);
        StartLatency.Pace pace = new StartLatency.Pace(bench.options().jobs(LATENCY_JOBS), 16, () -> PAUSE_NANOS);
        try (Broker broker = Brokers.open(url)) {
            StartLatency found = StartLatency.measure(bench, "idle " + scheme + " queue", broker, broker, pace);
            bench.report()
                    .line(Line.of(
                            "µs p50 from enqueue to start, idle " + scheme + " queue",
                            found.p50().rate()));
            bench.report()
                    .line(Line.of(
                                    "µs p99 from enqueue to start, idle " + scheme + " queue",
                                    found.p99().rate())
                            .atMost(found.p99().median(), promisedMicros, ""));
        }
    }
}
