// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.figure.PeerRounds.Peer;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.served.ServedSql;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/* All work off empty jobs on the same database, turn by turn. */
/** A worker on {@code jdbc:} beside what a Java user would pick instead. */
final class SqlPeers implements Figure {
    private static final int JOBS = 50_000;
    private static final List<Integer> HANDLERS = List.of(8, 64);

    private static final List<Rival> RIVALS = List.of(
            new Rival("db-scheduler", "DbSchedulerTasks", 2, 3, 5),
            new Rival("JobRunr", "JobRunrJobs", 5, 10, 10),
            new Rival("Quartz", "QuartzJobs", 10, 0, 0));

    /**
     * Who stands beside.
     *
     * @param name for the report
     * @param program its main class
     * @param share how many times fewer jobs it gets
     * @param onPostgres how much quicker Millrace is to be there; 0 if nothing is promised
     * @param onMaria the same on MariaDB
     */
    private record Rival(String name, String program, int share, double onPostgres, double onMaria) {
        Peer on(ServedSql server, int handlers) {
            return new Peer(name, program, handlers, server.isPostgres() ? onPostgres : onMaria, share);
        }
    }

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
        int jobs = bench.options().jobs(JOBS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
        new PeerRounds(bench, List.of(server.url()))
                .take(
                        database + ", jobs/s, " + handlers + " handlers",
                        "work",
                        jobs,
                        () -> SqlWork.worked(server, jobs, handlers),
                        RIVALS.stream().map(rival -> rival.on(server, handlers)).toList());
    }
}
