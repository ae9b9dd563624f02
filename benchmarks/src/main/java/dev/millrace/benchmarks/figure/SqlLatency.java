// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.worker.Worker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/*
 * The producer's broker is the worker's, or another, which knows as little of it as one of another process. Between two jobs the
 * queue is idle for 30 to 90 ms, by chance, so that nobody who looks at regular times is lucky.
 */
/** How long a job waits on an idle queue of {@code jdbc:} until its handler begins. */
final class SqlLatency implements Figure {
    private static final int JOBS = 300;
    private static final int FEWEST = 30;
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(90);
    private static final double MICROS_P50 = 5_000;
    private static final double MICROS_P99 = 25_000;

    @Override
    public String name() {
        return "sql-latency";
    }

    @Override
    public String what() {
        return "µs from enqueue to start on an idle queue of jdbc:, enqueued by the worker's own broker and by another";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Map.Entry<String, Callable<ServedSql>> database :
                SqlDatabases.all().entrySet()) {
            try (ServedSql server = database.getValue().call()) {
                String table = SqlDatabases.freshTable();
                try (Broker working = SqlDatabases.broker(server, table);
                        Broker other = SqlDatabases.broker(server, table)) {
                    measure(bench, database.getKey() + ", own broker", working, working);
                    measure(bench, database.getKey() + ", another broker", other, working);
                }
            }
        }
    }

    private static void measure(Bench bench, String what, Broker producing, Broker working) throws Exception {
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        try (Worker worker = Worker.on(working)
                .queue("idle", 8)
                .handle(
                        "idle",
                        (payload, job) ->
                                starts.put(System.nanoTime() - payload.buffer().getLong()))
                .start()) {
            for (int round = -Rounds.WARM_UPS; round < bench.options().rounds(); round++) {
                Latencies times = new Latencies();
                int jobs = (int) Math.max(FEWEST, JOBS * bench.options().scale());
                for (int i = 0; i < jobs; i++) {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
                    byte[] now = ByteBuffer.allocate(Long.BYTES)
                            .putLong(System.nanoTime())
                            .array();
                    producing.send(List.of(Job.of("idle", Payload.wrap(now))));
                    times.add(starts.take());
                }
                bench.report()
                        .note(
                                "%s: %s",
                                what,
                                String.format(
                                        Locale.ROOT,
                                        "p50 %.0f µs, p99 %.0f µs",
                                        times.micros(0.5),
                                        times.micros(0.99)));
                if (round >= 0) {
                    medians.add(times.micros(0.5));
                    tails.add(times.micros(0.99));
                }
            }
            bench.report().note("worker %s, %s", worker.name(), worker.health());
        }
        line(bench, "µs p50, " + what, medians, MICROS_P50);
        line(bench, "µs p99, " + what, tails, MICROS_P99);
    }

    private static void line(Bench bench, String what, List<Double> values, double target) {
        Spread spread = Spread.of(values);
        bench.report().line(Line.of(what, spread.rate()).atMost(spread.median(), target, ""));
    }
}
