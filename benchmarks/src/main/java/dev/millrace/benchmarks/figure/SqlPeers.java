// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.ServedSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/*
 * All work off empty jobs on the same database, turn by turn. The peers keep their fewer jobs, because they are slower and a turn is to
 * end: what counts is jobs a second.
 */
/** A worker on {@code jdbc:} beside what a Java user would pick instead. */
final class SqlPeers implements Figure {
    private static final String OURS = "millrace";
    private static final int JOBS = 50_000;
    private static final int PARCEL = 1_000;
    private static final List<Integer> HANDLERS = List.of(8, 64);

    private static final List<Peer> PEERS = List.of(
            new Peer("db-scheduler", "DbSchedulerTasks", 2, 3, 5),
            new Peer("JobRunr", "JobRunrJobs", 5, 10, 10),
            new Peer("Quartz", "QuartzJobs", 10, 0, 0));

    /**
     * Who stands beside.
     *
     * @param name for the report
     * @param program its main class
     * @param share how many times fewer jobs it gets
     * @param onPostgres how much quicker Millrace is to be there; 0 if nothing is promised
     * @param onMaria the same on MariaDB
     */
    private record Peer(String name, String program, int share, double onPostgres, double onMaria) {}

    @Override
    public String name() {
        return "sql-peers";
    }

    @Override
    public String what() {
        return "empty jobs worked off by 8 and by 64 handlers, jobs/s, beside db-scheduler, JobRunr and Quartz on the same"
                + " database";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Map.Entry<String, Callable<ServedSql>> database :
                SqlDatabases.all().entrySet()) {
            try (ServedSql server = database.getValue().call()) {
                for (int handlers : HANDLERS) {
                    run(bench, database.getKey(), server, handlers);
                }
            }
        }
    }

    private static void run(Bench bench, String database, ServedSql server, int handlers) throws Exception {
        int jobs = bench.options().jobs(JOBS) / PARCEL * PARCEL;
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put(OURS, () -> SqlWork.worked(server, jobs, handlers));
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Peer peer : PEERS) {
                Contestant contestant = Contestant.peer(peer.program(), List.of(server.url()));
                contestants.add(contestant);
                int fewer = Math.max(PARCEL, jobs / peer.share() / PARCEL * PARCEL);
                turns.put(peer.name(), () -> contestant.rate("work", fewer, handlers));
            }
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            for (Peer peer : PEERS) {
                double promised = server.isPostgres() ? peer.onPostgres() : peer.onMaria();
                Line line = Line.of(
                                database + ", jobs/s, " + handlers + " handlers",
                                rounds.of(OURS).rate())
                        .beside(peer.name(), rounds.of(peer.name()).rate())
                        .ratio(rounds.ratio(OURS, peer.name()));
                double reached = rounds.ratio(OURS, peer.name()).median();
                bench.report().line(promised > 0 ? line.atLeast(reached, promised, " ×") : line);
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
    }
}
