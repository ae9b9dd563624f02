// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

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
        int jobs = (int) Math.max(FEWEST, JOBS * bench.options().scale());
        StartLatency.Pace pace = new StartLatency.Pace(
                jobs, 8, () -> ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
        StartLatency found = StartLatency.measure(bench, what, producing, working, pace);
        line(bench, "µs p50, " + what, found.p50(), MICROS_P50);
        line(bench, "µs p99, " + what, found.p99(), MICROS_P99);
    }

    private static void line(Bench bench, String what, Spread spread, double target) {
        bench.report().line(Line.of(what, spread.rate()).atMost(spread.median(), target, ""));
    }
}
