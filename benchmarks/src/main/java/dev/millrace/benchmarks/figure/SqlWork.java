// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/*
 * Both work off what was put there before, into tables of their own, on one database that syncs each commit. The best of the bare
 * loops is taken: one thread, and eight.
 */
/** A worker on {@code jdbc:} beside a bare loop of claims and acknowledgements of a hundred. */
final class SqlWork implements Figure {
    private static final int JOBS = 50_000;
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final String BARE = "bare loop";

    @Override
    public String name() {
        return "sql-work";
    }

    @Override
    public String what() {
        return "64-byte jobs worked off with empty handlers through jdbc:, jobs/s, beside a bare loop that claims and"
                + " acknowledges a hundred rows at a time; 8 and 64 handlers";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Map.Entry<String, Callable<ServedSql>> database :
                SqlDatabases.all().entrySet()) {
            try (ServedSql server = database.getValue().call()) {
                run(bench, database.getKey(), server);
            }
        }
    }

    private static void run(Bench bench, String database, ServedSql server) throws Exception {
        int jobs = bench.options().jobs(JOBS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put(FEW + " handlers", () -> worked(server, jobs, FEW));
        turns.put(MANY + " handlers", () -> worked(server, jobs, MANY));
        turns.put(BARE, () -> Math.max(new BareTable(server).work(jobs, 1), new BareTable(server).work(jobs, FEW)));
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        for (int handlers : List.of(FEW, MANY)) {
            String ours = handlers + " handlers";
            bench.report()
                    .line(Line.of(
                                    database + ", jobs/s, Worker with " + ours,
                                    rounds.of(ours).rate())
                            .beside(BARE, rounds.of(BARE).rate())
                            .ratio(rounds.ratio(ours, BARE))
                            .atLeast(rounds.ratio(ours, BARE).median(), 0.8, " ×"));
        }
    }

    static double worked(ServedSql server, int jobs, int concurrency) throws InterruptedException {
        try (Broker broker = SqlDatabases.broker(server, SqlDatabases.freshTable())) {
            return WorkingOff.rate(broker, jobs, concurrency);
        }
    }
}
