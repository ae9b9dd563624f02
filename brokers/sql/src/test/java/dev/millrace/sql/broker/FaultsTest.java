// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that was committed is lost, nothing that was rolled back is delivered, and jobs flow again by themselves. */
@Tag("slow")
class FaultsTest {
    private final String table = "f_" + UUID.randomUUID().toString().replace('-', '_');

    @TempDir
    Path folder;

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.postgres());
    }

    private SqlBroker broker(String url) {
        return SqlBroker.builder().at(url).table(table).open();
    }

    private TransactionTraffic traffic(SqlServer server, SqlBroker producing, SqlBroker working) {
        return new TransactionTraffic(server, table + "_done", producing, working, folder);
    }

    private static void lostNothing(Verdict verdict) {
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.unexpected()).as("unexpected").isEmpty();
        assertThat(verdict.counts().accepted()).isPositive();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void databaseIsKilledAndStartedAgain(SqlServer server) throws InterruptedException {
        try (SqlBroker producing = broker(server.url());
                SqlBroker working = broker(server.url());
                TransactionTraffic traffic = traffic(server, producing, working)) {
            for (int i = 0; i < 2; i++) {
                traffic.awaitMore(50);
                server.kill();
                server.restart();
            }
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void connectionsAreCut(SqlServer server) throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                SqlBroker producing = broker(through(proxy, server));
                SqlBroker working = broker(through(proxy, server));
                TransactionTraffic traffic = traffic(server, producing, working)) {
            for (int i = 0; i < 10; i++) {
                traffic.awaitMore(20);
                proxy.cut();
            }
            lostNothing(traffic.verdict());
        }
    }

    private static String through(FaultyProxy proxy, SqlServer server) {
        return server.url().replace(":" + server.port(), ":" + proxy.port());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void networkSwallowsEverythingForAWhile(SqlServer server) throws InterruptedException {
        String limits = server instanceof PostgresServer
                ? "&socketTimeout=1&connectTimeout=1"
                : "&socketTimeout=1000&connectTimeout=1000";
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                SqlBroker producing = broker(through(proxy, server) + limits);
                SqlBroker working = broker(through(proxy, server) + limits);
                TransactionTraffic traffic = traffic(server, producing, working)) {
            for (int i = 0; i < 2; i++) {
                traffic.awaitMore(50);
                proxy.swallow();
                traffic.awaitFailures();
                proxy.heal();
            }
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void othersLockRowsInAnyOrder(SqlServer server) throws Exception {
        // A lock that is not had soon is an error; and in two orders, some must be a deadlock's victim.
        String impatient = server.url()
                + (server instanceof PostgresServer
                        ? "&options=-c%20lock_timeout=200ms"
                        : "&sessionVariables=innodb_lock_wait_timeout=1");
        AtomicBoolean ending = new AtomicBoolean();
        AtomicLong victims = new AtomicLong();
        try (SqlBroker producing = broker(impatient);
                SqlBroker working = broker(impatient);
                TransactionTraffic traffic = traffic(server, producing, working)) {
            List<Thread> vandals = Stream.of("id", "id DESC")
                    .map(order -> Thread.ofPlatform().start(() -> {
                        while (!ending.get()) {
                            victims.addAndGet(lock(server, order));
                        }
                    }))
                    .toList();
            for (int i = 0; i < 5; i++) {
                traffic.awaitMore(50);
            }
            ending.set(true);
            for (Thread vandal : vandals) {
                vandal.join();
            }
            lostNothing(traffic.verdict());
        }
    }

    /** Locks some rows that are not done, writes to them, and changes its mind. */
    private int lock(SqlServer server, String order) {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement locking = connection.createStatement()) {
            connection.setAutoCommit(false);
            locking.execute("SELECT id FROM " + table + " WHERE leased = 1 ORDER BY " + order + " LIMIT 20 FOR UPDATE");
            locking.execute("SELECT id FROM " + table + " ORDER BY " + order + " LIMIT 200 FOR UPDATE");
            connection.rollback();
            return 0;
        } catch (SQLException victim) {
            return 1;
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void transactionIsLeftOpenBesideABusyQueue(SqlServer server) throws Exception {
        try (SqlBroker producing = broker(server.url());
                SqlBroker working = broker(server.url());
                Connection forgotten = DriverManager.getConnection(server.url())) {
            forgotten.setAutoCommit(false);
            producing.send(forgotten, List.of(Job.of("traffic", Payload.text("never committed"))));
            try (TransactionTraffic traffic = traffic(server, producing, working)) {
                for (int i = 0; i < 5; i++) {
                    traffic.awaitMore(100);
                }
                forgotten.rollback();
                lostNothing(traffic.verdict());
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void clocksDiffer(SqlServer server) throws InterruptedException {
        InstantSource early = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(-1));
        InstantSource late = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(1));
        try (SqlBroker producing = SqlBroker.builder()
                        .at(server.url())
                        .table(table)
                        .clock(late)
                        .open();
                SqlBroker working = SqlBroker.builder()
                        .at(server.url())
                        .table(table)
                        .clock(early)
                        .open();
                TransactionTraffic traffic = traffic(server, producing, working)) {
            traffic.awaitMore(200);
            lostNothing(traffic.verdict());
        }
    }
}
