// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.broker.Broker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.worker.Worker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How long single jobs take from enqueue to start on an idle queue.
 *
 * @param p50 microseconds, of each round
 * @param p99 microseconds, of each round
 */
record StartLatency(Spread p50, Spread p99) {
    /**
     * How the jobs come.
     *
     * @param jobs how many in a round
     * @param concurrency of the worker
     * @param pauseNanos for how long the queue is idle before each
     */
    record Pace(int jobs, int concurrency, LongSupplier pauseNanos) {}

    /** Measures, and notes each round. The broker that produces may be the one that works. */
    static StartLatency measure(Bench bench, String what, Broker producing, Broker working, Pace pace)
            throws InterruptedException {
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        try (Worker worker = Worker.on(working)
                .queue("idle", pace.concurrency())
                .handle(
                        "idle",
                        (payload, job) ->
                                starts.put(System.nanoTime() - payload.buffer().getLong()))
                .start()) {
            for (int round = -Rounds.WARM_UPS; round < bench.options().rounds(); round++) {
                Latencies times = new Latencies();
                for (int i = 0; i < pace.jobs(); i++) {
                    LockSupport.parkNanos(pace.pauseNanos().getAsLong());
                    byte[] now = ByteBuffer.allocate(Long.BYTES)
                            .putLong(System.nanoTime())
                            .array();
                    producing.send(List.of(Job.of("idle", Payload.wrap(now))));
                    times.add(starts.take());
                }
                bench.report()
                        .note(String.format(
                                Locale.ROOT,
                                "%s: p50 %.0f µs, p99 %.0f µs",
                                what,
                                times.micros(0.5),
                                times.micros(0.99)));
                if (round >= 0) {
                    medians.add(times.micros(0.5));
                    tails.add(times.micros(0.99));
                }
            }
            bench.report().note("worker %s, %s", worker.name(), worker.health());
        }
        return new StartLatency(Spread.of(medians), Spread.of(tails));
    }
}
