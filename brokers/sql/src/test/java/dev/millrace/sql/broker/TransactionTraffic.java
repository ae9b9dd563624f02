// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.MillraceException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.QueueStatus;
import dev.millrace.checker.Checker;
import dev.millrace.checker.JobDiary;
import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.servers.SqlServer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/*
 * Two producers send in transactions of the broker's, a third in transactions of its own, of which it rolls back every other. What
 * was rolled back was never sent, for the checker; so it must not be handled. A producer whose database fails goes on with other
 * names: whether the last ones are stored nobody knows, and the checker allows both. Handlers write into a table in the
 * transaction of the acknowledgement: each job may be there once.
 */
/** Jobs that come and go while something breaks, and what became of each of them. */
final class TransactionTraffic implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(3);
    /** A pool may take ten seconds to say that it has no connection. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final int MOST_AHEAD = 200;
    private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final QueueName queue = new QueueName("traffic");
    private final DataSource source;
    private final SqlClient client;
    private final String table;
    private final SqlBroker producing;
    private final SqlBroker working;
    private final Path folder;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final List<Thread> producers = new ArrayList<>();
    private final JobDiary diary;
    private final Worker worker;
    private volatile boolean ending;
    /** Producers do not wait for handlers. */
    private volatile boolean pressing;

    /**
     * Begins.
     *
     * @param server the database itself, which does not fail as the brokers' way to it may
     * @param table for what handlers write
     */
    TransactionTraffic(SqlServer server, String table, SqlBroker producing, SqlBroker working, Path folder) {
        this.source = TestDatabase.source(server);
        this.client = new SqlClient(source);
        this.table = table;
        this.producing = producing;
        this.working = working;
        this.folder = folder;
        this.diary = new JobDiary(folder.resolve("diary"));
        client.run("CREATE TABLE " + table + " (name VARCHAR(50) NOT NULL)");
        this.worker = Worker.on(working)
                .queue(queue.value(), 8)
                .lease(LEASE)
                .retry(RetryPolicy.fixed(Duration.ZERO))
                .handleIn(queue.value(), (payload, job, connection) -> handle(payload.text(), connection))
                .start();
        producers.add(Thread.ofPlatform().start(() -> produce(this::send)));
        producers.add(Thread.ofPlatform().start(() -> produce(this::send)));
        producers.add(Thread.ofPlatform().start(() -> produce(this::sendInTransaction)));
    }

    private void handle(String name, Connection connection) throws SQLException {
        diary.handled(List.of(name));
        diary.settling(List.of(name));
        try (PreparedStatement writing = connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
            writing.setString(1, name);
            writing.executeUpdate();
        }
        handled.add(name);
    }

    /** Sends jobs; whether they are there for good. */
    private interface Sending {
        boolean all(List<Job> jobs, List<String> names, int round) throws SQLException;
    }

    private void produce(Sending sending) {
        for (int round = 0; !ending; round++) {
            if (!pressing && accepted.get() - handled.size() > MOST_AHEAD) {
                LockSupport.parkNanos(A_MOMENT);
                continue;
            }
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                jobs.add(Job.of(queue, Payload.text("job-" + names.incrementAndGet())));
            }
            List<String> some = jobs.stream().map(job -> job.payload().text()).toList();
            try {
                if (sending.all(jobs, some, round)) {
                    diary.accepted(some);
                    accepted.addAndGet(some.size());
                }
            } catch (MillraceException | SQLException unknownFate) {
                failures.incrementAndGet();
            }
        }
    }

    private boolean send(List<Job> jobs, List<String> some, int round) {
        diary.sending(some);
        assertThat(producing.send(jobs)).allMatch(answer -> answer instanceof EnqueueResult.Stored);
        return true;
    }

    private boolean sendInTransaction(List<Job> jobs, List<String> some, int round) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(producing.send(connection, jobs)).allMatch(answer -> answer instanceof EnqueueResult.Stored);
            if (round % 2 == 0) {
                connection.rollback();
                return false;
            }
            diary.sending(some);
            connection.commit();
            return true;
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        assertThat(WaitFor.within(LONG, condition)).as(what).isTrue();
    }

    /** Waits until jobs were accepted and handled that were not before. */
    void awaitMore(int count) {
        long before = accepted.get();
        int done = handled.size();
        await("jobs flow", () -> accepted.get() >= before + count && handled.size() >= done + count);
    }

    /** Waits until producers were told that something failed. */
    void awaitFailures() {
        long before = failures.get();
        pressing = true;
        await("producers are told", () -> failures.get() >= before + 2);
        pressing = false;
    }

    /** Ends the traffic when all jobs are worked off, and judges. */
    Verdict verdict() throws InterruptedException {
        ending = true;
        for (Thread producer : producers) {
            producer.join();
        }
        await("all jobs are done", this::isEmpty);
        worker.close();
        diary.close();
        Checker checker = new Checker();
        checker.read(folder.resolve("diary"));
        assertThat(client.ask("SELECT name FROM " + table + " GROUP BY name HAVING COUNT(*) > 1"))
                .as("written twice")
                .isEmpty();
        return checker.verdict(List.of());
    }

    private boolean isEmpty() {
        try {
            return working.queues().stream().map(QueueStatus::queue).noneMatch(queue::equals);
        } catch (MillraceException away) {
            return false;
        }
    }

    @Override
    public void close() {
        ending = true;
        worker.drain(Duration.ZERO);
        client.drop(table);
    }
}
