// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.MillraceException;
import dev.millrace.broker.QueueStatus;
import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.traffic.Traffic;
import dev.millrace.vitess.FakeVitess;
import dev.millrace.vitess.VitessDataSource;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was committed is lost, nothing that was rolled back is delivered, and jobs flow again by themselves. */
@Tag("slow")
class VtgateFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeVitess site = new FakeVitess();
    private final SqlClient client = new SqlClient(site.jdbc());
    private final String table = "f_" + UUID.randomUUID().toString().replace('-', '_');
    private final Set<String> committed = ConcurrentHashMap.newKeySet();
    private final Set<String> rolledBack = ConcurrentHashMap.newKeySet();
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean ending;

    @TempDir
    Path folder;

    @BeforeEach
    void createTables() {
        // What a lost answer leaves open would hold its locks for as long.
        site.limitTransactions(Duration.ofSeconds(2));
        client.run("CREATE TABLE " + table + "_own (name VARCHAR(50) NOT NULL)");
        client.run("CREATE TABLE " + table + "_done (name VARCHAR(50) NOT NULL)");
    }

    @AfterEach
    void dropTables() {
        client.drop(table, table + "_pause", table + "_meta", table + "_own", table + "_done");
        site.close();
    }

    private SqlBroker broker(String url) {
        return SqlBroker.builder()
                .pooling(() -> VitessDataSource.at(url), url)
                .table(table)
                .open();
    }

    private static void lostNothing(Verdict verdict) {
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.unexpected()).as("unexpected").isEmpty();
        assertThat(verdict.counts().accepted()).isPositive();
    }

    @Test
    void vtgateIsKilledAndStartedAgain() throws InterruptedException {
        try (SqlBroker broker = broker(site.url());
                Traffic traffic = new Traffic(broker, broker, folder)) {
            for (int i = 0; i < 5; i++) {
                traffic.awaitMore(50);
                site.restartVtgate();
            }
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void connectionsAreCut() throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(site.port());
                SqlBroker broker = broker("vitess://" + proxy.address() + "/jobs");
                Traffic traffic = new Traffic(broker, broker, folder)) {
            for (int i = 0; i < 10; i++) {
                traffic.awaitMore(20);
                proxy.cut();
            }
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void networkSwallowsEverythingForAWhile() throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(site.port());
                SqlBroker broker = broker("vitess://" + proxy.address() + "/jobs?timeout=PT1S");
                Traffic traffic = new Traffic(broker, broker, folder)) {
            traffic.awaitMore(50);
            proxy.swallow();
            traffic.awaitFailures();
            proxy.heal();
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void databaseBehindTheTabletIsKilledAndStartedAgain() throws InterruptedException {
        try (SqlBroker broker = broker(site.url());
                Traffic traffic = new Traffic(broker, broker, folder)) {
            traffic.awaitMore(50);
            FakeVitess.server().kill();
            FakeVitess.server().restart();
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    /** A job is there exactly if the row is that was written in the same transaction, and so is what its handler wrote, once. */
    @Test
    void jobsAndRowsAreCommittedTogetherWhateverBreaks() throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(site.port());
                SqlBroker broker = broker("vitess://" + proxy.address() + "/jobs");
                VitessDataSource own = VitessDataSource.at("vitess://" + proxy.address() + "/jobs");
                Worker worker = Worker.on(broker)
                        .queue("q", 4)
                        .lease(Duration.ofSeconds(3))
                        .retry(RetryPolicy.fixed(Duration.ZERO))
                        .handleIn("q", (payload, job, connection) -> write(connection, "_done", payload.text()))
                        .start()) {
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                producers.add(Thread.ofPlatform().start(() -> produce(broker, own)));
            }
            for (int i = 0; i < 3; i++) {
                awaitMore();
                site.restartVtgate();
                awaitMore();
                proxy.cut();
                awaitMore();
                site.killTransactions();
            }
            awaitMore();
            ending = true;
            for (Thread producer : producers) {
                producer.join();
            }
            WaitFor.until("all jobs are done", LONG, () -> isEmpty(broker));
            worker.drain(Duration.ofSeconds(10));
        }
        List<String> done = client.ask("SELECT name FROM " + table + "_done");
        assertThat(done).doesNotHaveDuplicates().containsAll(committed).doesNotContainAnyElementsOf(rolledBack);
        assertThat(done).hasSameElementsAs(client.ask("SELECT name FROM " + table + "_own"));
        assertThat(rolledBack).isNotEmpty();
    }

    private void write(Connection connection, String where, String name) throws SQLException {
        try (PreparedStatement writing = connection.prepareStatement("INSERT INTO " + table + where + " VALUES (?)")) {
            writing.setString(1, name);
            writing.executeUpdate();
        }
    }

    private void produce(SqlBroker broker, VitessDataSource own) {
        while (!ending) {
            int number = names.incrementAndGet();
            String name = "job-" + number;
            try (Connection connection = own.getConnection()) {
                connection.setAutoCommit(false);
                write(connection, "_own", name);
                broker.send(connection, List.of(Job.of("q", Payload.text(name)).withId(name)));
                if (number % 2 == 0) {
                    connection.rollback();
                    rolledBack.add(name);
                } else {
                    connection.commit();
                    committed.add(name);
                }
            } catch (SQLException | MillraceException unknownFate) {
                // It is told by the row.
            }
        }
    }

    private void awaitMore() {
        int before = committed.size();
        WaitFor.until("transactions are committed", LONG, () -> committed.size() >= before + 20);
    }

    private static boolean isEmpty(SqlBroker broker) {
        try {
            return broker.queues().stream()
                    .map(QueueStatus::queue)
                    .noneMatch(queue -> queue.value().equals("q"));
        } catch (MillraceException away) {
            return false;
        }
    }
}
