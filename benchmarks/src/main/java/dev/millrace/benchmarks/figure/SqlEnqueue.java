// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Producers on {@code jdbc:} beside bare INSERTs, single and many at a time. */
final class SqlEnqueue implements Figure {
    private static final Way SINGLE = new Way("single, 8 threads", 8, 1, 0.9);
    private static final Way MANY = new Way("a hundred at a time", 1, 100, 0.8);

    /**
     * How jobs are enqueued.
     *
     * @param name for the report
     * @param threads how many do it
     * @param batch how many jobs at a time
     * @param target what share of the bare rate is promised
     */
    private record Way(String name, int threads, int batch, double target) {}

    @Override
    public String name() {
        return "sql-enqueue";
    }

    @Override
    public String what() {
        return "64-byte jobs enqueued through jdbc:, jobs/s, beside bare INSERTs: one at a time from 8 threads, and a hundred"
                + " at a time from one";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Map.Entry<String, Callable<ServedSql>> database :
                SqlDatabases.all().entrySet()) {
            try (ServedSql server = database.getValue().call()) {
                for (Way way : List.of(SINGLE, MANY)) {
                    compare(bench, database.getKey(), server, way);
                }
            }
        }
    }

    private static void compare(Bench bench, String database, ServedSql server, Way way) throws Exception {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put("millrace", () -> ours(bench, server, way));
        turns.put("bare", () -> bare(bench, server, way));
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        bench.report()
                .line(Line.of(
                                database + ", jobs/s, " + way.name(),
                                rounds.of("millrace").rate())
                        .beside("bare INSERT", rounds.of("bare").rate())
                        .ratio(rounds.ratio("millrace", "bare"))
                        .atLeast(rounds.ratio("millrace", "bare").median(), way.target(), " ×"));
    }

    private static double ours(Bench bench, ServedSql server, Way way) throws Exception {
        try (Broker broker = SqlDatabases.broker(server, SqlDatabases.freshTable())) {
            List<Job> jobs = Collections.nCopies(way.batch(), Job.of("work", Payload.text("b".repeat(64))));
            Crew.Work work = () -> broker.send(jobs).size();
            return Crew.run(
                            Collections.nCopies(way.threads(), work),
                            bench.options().time())
                    .rate();
        }
    }

    private static double bare(Bench bench, ServedSql server, Way way) throws Exception {
        BareTable table = new BareTable(server);
        List<BareTable.Inserter> inserters = new ArrayList<>();
        for (int i = 0; i < way.threads(); i++) {
            inserters.add(table.new Inserter());
        }
        try {
            return Crew.run(
                            inserters.stream()
                                    .<Crew.Work>map(each -> way.batch() == 1 ? each::one : () -> each.many(way.batch()))
                                    .toList(),
                            bench.options().time())
                    .rate();
        } finally {
            for (BareTable.Inserter each : inserters) {
                each.close();
            }
        }
    }
}
