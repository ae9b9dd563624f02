// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/*
 * With lock-and-fetch on PostgreSQL, the quicker of its two ways, which it refuses on MariaDB. Its limits are those that its page
 * advises for throughput; it polls ten times a second, so that no turn waits for its default of ten seconds.
 */
/** db-scheduler; argument: a URL for JDBC. */
final class DbSchedulerTasks {
    private static final int PARCEL = 1_000;

    private final String url;
    private volatile CountDownLatch left = new CountDownLatch(0);
    private int tasks;

    private DbSchedulerTasks(String url) {
        this.url = url;
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        DbSchedulerTasks peer = new DbSchedulerTasks(arguments[0]);
        try (HikariDataSource pool = SqlPool.open(arguments[0], 2)) {
            boolean postgres = SqlPool.isPostgres(arguments[0]);
            String moment = postgres ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP(6) NULL";
            SqlPool.execute(
                    pool,
                    "CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100) NOT"
                            + " NULL, task_data " + (postgres ? "BYTEA" : "BLOB") + ", execution_time " + moment
                            + ", picked BOOLEAN NOT NULL, picked_by VARCHAR(100), last_success " + moment
                            + ", last_failure " + moment + ", consecutive_failures INT, last_heartbeat " + moment
                            + ", version BIGINT NOT NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance))",
                    "CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)",
                    "CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        }
        Peer.serve(peer::work);
    }

    private long work(int jobs, int threads) throws Exception {
        try (HikariDataSource pool = SqlPool.open(url, threads + 5)) {
            OneTimeTask<Void> task = Tasks.oneTime("work").execute((instance, context) -> left.countDown());
            SchedulerBuilder building =
                    Scheduler.create(pool, task).threads(threads).pollingInterval(Duration.ofMillis(100));
            Scheduler scheduler = (SqlPool.isPostgres(url)
                            ? building.pollUsingLockAndFetch(1.0, 4.0)
                            : building.pollUsingFetch(0.5, 4.0))
                    .build();
            left = new CountDownLatch(jobs);
            for (int i = 0; i < jobs; i += PARCEL) {
                List<TaskInstance<?>> parcel = new ArrayList<>();
                for (int j = 0; j < PARCEL; j++) {
                    parcel.add(task.instance("job-" + ++tasks));
                }
                scheduler.scheduleBatch(parcel, Instant.now());
            }
            long begin = System.nanoTime();
            scheduler.start();
            left.await();
            long nanos = System.nanoTime() - begin;
            scheduler.stop();
            return nanos;
        }
    }
}
