// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/*
 * With lock-and-fetch on PostgreSQL, the quicker of its two ways, which it refuses on MariaDB. Its limits are those that its page
 * advises for throughput; it polls ten times a second, so that no turn waits for its default of ten seconds, and starts at once
 * what its own process enqueues.
 */
/** db-scheduler; argument: a URL for JDBC. */
final class DbSchedulerTasks implements Peer {
    private static final TaskDescriptor<String> TASK = TaskDescriptor.of("work", String.class);
    private static final int SPARE = 5;

    private final String url;
    private final HikariDataSource pool;
    private final AtomicLong tasks = new AtomicLong();
    private volatile SchedulerClient client;

    private DbSchedulerTasks(String url, HikariDataSource pool) {
        this.url = url;
        this.pool = pool;
        this.client = SchedulerClient.Builder.create(pool).build();
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        HikariDataSource pool = SqlPool.open(arguments[0], SPARE);
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
        Turns.serve(new DbSchedulerTasks(arguments[0], pool));
    }

    @Override
    public void clear() throws Exception {
        SqlPool.execute(pool, "DELETE FROM scheduled_tasks");
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            client.scheduleIfNotExists(instance(payloads.get(0)), Instant.now());
            return;
        }
        List<TaskInstance<?>> parcel = new ArrayList<>();
        payloads.forEach(payload -> parcel.add(instance(payload)));
        client.scheduleBatch(parcel, Instant.now());
    }

    private TaskInstance<String> instance(String payload) {
        return new TaskInstance<>(TASK.getTaskName(), "job-" + tasks.incrementAndGet(), payload);
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        HikariDataSource working = SqlPool.open(url, threads + SPARE);
        OneTimeTask<String> task =
                Tasks.oneTime(TASK).execute((instance, context) -> handler.accept(instance.getData()));
        SchedulerBuilder building = Scheduler.create(working, task)
                .threads(threads)
                .enableImmediateExecution()
                .pollingInterval(Duration.ofMillis(100));
        Scheduler scheduler = (SqlPool.isPostgres(url)
                        ? building.pollUsingLockAndFetch(1.0, 4.0)
                        : building.pollUsingFetch(0.5, 4.0))
                .build();
        scheduler.start();
        SchedulerClient before = client;
        client = scheduler;
        return () -> {
            client = before;
            scheduler.stop();
            working.close();
        };
    }

    @Override
    public void close() {
        pool.close();
    }
}
