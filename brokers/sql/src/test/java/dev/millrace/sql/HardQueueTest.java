// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue over a table of its user's, where others make it hard. */
@Tag("slow")
class HardQueueTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "h_" + UUID.randomUUID().toString().replace('-', '_');
    private final MessageQueue queue = MessageQueue.of(table, "message");

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private static void execute(DataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement executing = connection.createStatement()) {
            connection.setAutoCommit(true);
            for (String statement : statements) {
                executing.execute(statement);
            }
        }
    }

    private static String columns(String name) {
        return "CREATE TABLE " + name + " (id BIGINT NOT NULL PRIMARY KEY, priority SMALLINT NOT NULL DEFAULT 50,"
                + " epoch BIGINT NOT NULL DEFAULT 0, time_next BIGINT DEFAULT 0, time_acked BIGINT DEFAULT NULL,"
                + " message VARCHAR(200))";
    }

    private void create(DataSource pool) throws SQLException {
        execute(
                pool,
                columns(table),
                "CREATE INDEX " + table + "_poller ON " + table + " (time_acked, priority, time_next)");
    }

    private static HikariDataSource pool(SqlServer server, boolean commits) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setAutoCommit(commits);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private MessageSubscription<String> open(DataSource pool) throws SQLException {
        return queue.open(pool, row -> row.getString("message"), SubscriptionOptions.DEFAULT);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void poolThatDoesNotCommitLosesNothing(SqlServer server) throws Exception {
        try (HikariDataSource pool = pool(server, false)) {
            create(pool);
            long id = queue.on(pool).add("one");
            try (MessageSubscription<String> subscription = open(pool);
                    HikariDataSource other = pool(server, true)) {
                assertThat(subscription.take(LONG))
                        .hasValueSatisfying(one -> assertThat(one.id()).isEqualTo(id));
                assertThat(subscription.messages().ack(id)).isEqualTo(MessageResult.DONE);
                assertThat(queue.on(other).ack(id)).isEqualTo(MessageResult.GONE);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void momentBeforeAllTimeIsAtOnce(SqlServer server) throws Exception {
        try (HikariDataSource pool = pool(server, true)) {
            create(pool);
            for (Instant when : List.of(Instant.MIN, Instant.parse("1500-01-01T00:00:00Z"), Instant.EPOCH)) {
                queue.on(pool).addScheduled(when, "old");
            }
            queue.on(pool).addScheduled(Instant.MAX, "never");
            try (MessageSubscription<String> subscription = open(pool)) {
                assertThat(subscription.take(9, LONG)).hasSize(3);
                assertThat(subscription.take(9, Duration.ZERO)).isEmpty();
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void tableOfALikeNameDoesNotStandInForAnother(SqlServer server) throws Exception {
        try (HikariDataSource pool = pool(server, true)) {
            execute(
                    pool,
                    columns(table.replace('_', 'x')),
                    "CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY)");
            try (Connection connection = pool.getConnection()) {
                assertThat(queue.check(connection).problems())
                        .contains("it has no column priority")
                        .anyMatch(problem -> problem.startsWith("it has no column message"));
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void columnThatLetsAMessageBeLostIsAProblem(SqlServer server) throws Exception {
        try (HikariDataSource pool = pool(server, true)) {
            execute(pool, columns(table).replace("priority SMALLINT NOT NULL", "priority SMALLINT"));
            try (Connection connection = pool.getConnection()) {
                TableReport report = queue.check(connection);
                assertThat(report.problems()).anyMatch(problem -> problem.contains("priority must not take NULL"));
                execute(pool, report.statements().toArray(String[]::new));
                assertThat(queue.check(connection).problems()).isEmpty();
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void subscriptionOutlivesConnectionsThatAreKilled(SqlServer server) throws Exception {
        try (MeagrePool pool = new MeagrePool(server, 2)) {
            create(pool);
            try (MessageSubscription<String> subscription = open(pool)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(subscription.take(Duration.ZERO)).isEmpty();
                    pool.endIdle();
                    execute(
                            TestDatabase.source(server),
                            "INSERT INTO " + table + " (id, message) VALUES (" + i + ", 'x')");
                    assertThat(subscription.take(LONG)).isPresent();
                }
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void subscriptionOutlivesAStatementThatIsKilled(SqlServer server) throws Exception {
        boolean postgres = server instanceof PostgresServer;
        try (HikariDataSource pool = pool(server, true);
                Connection locking = TestDatabase.source(server).getConnection();
                Statement lock = locking.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            create(pool);
            try (MessageSubscription<String> subscription = open(pool)) {
                locking.setAutoCommit(false);
                lock.execute(postgres ? "LOCK TABLE " + table : "LOCK TABLES " + table + " WRITE");
                Future<Optional<Message<String>>> taken = threads.submit(() -> subscription.take(LONG));
                for (String how : List.of("query", "connection")) {
                    WaitFor.until("a statement was killed", () -> kills(server, how));
                }
                lock.execute("INSERT INTO " + table + " (id, message) VALUES (1, 'x')");
                locking.commit();
                if (!postgres) {
                    lock.execute("UNLOCK TABLES");
                }
                assertThat(taken.get()).isPresent();
            }
        }
    }

    /** Kills a statement that waits for the lock of the table; whether there was one. */
    private boolean kills(SqlServer server, String how) {
        boolean query = how.equals("query");
        try (Connection connection = TestDatabase.source(server).getConnection();
                Statement killing = connection.createStatement()) {
            if (server instanceof PostgresServer) {
                try (ResultSet row = killing.executeQuery(
                        "SELECT " + (query ? "pg_cancel_backend" : "pg_terminate_backend") + "(pid)"
                                + " FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%" + table
                                + "%' AND pid <> pg_backend_pid()")) {
                    return row.next();
                }
            }
            long found = 0;
            try (ResultSet row = killing.executeQuery("SELECT ID FROM information_schema.PROCESSLIST"
                    + " WHERE STATE LIKE 'Waiting for table metadata lock' AND INFO LIKE '%" + table
                    + "%' AND ID <> CONNECTION_ID()")) {
                if (row.next()) {
                    found = row.getLong(1);
                }
            }
            if (found != 0) {
                killing.execute("KILL " + how + " " + found);
            }
            return found != 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void severalTakeAndAcknowledgeWithoutFailures(SqlServer server) throws Exception {
        int count = 3_000;
        try (HikariDataSource pool = pool(server, true);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            create(pool);
            Set<Long> done = ConcurrentHashMap.newKeySet();
            List<@Nullable Object[]> rows = new ArrayList<>();
            LongStream.range(0, count).forEach(i -> rows.add(new @Nullable Object[] {"m" + i}));
            queue.on(pool).addAll(Instant.now(), rows.subList(0, count / 2));
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                workers.add(threads.submit((Callable<Integer>) () -> work(pool, done, count)));
            }
            for (int from = count / 2; from < count; from += 10) {
                queue.on(pool).addAll(Instant.now(), rows.subList(from, from + 10));
            }
            for (Future<Integer> worker : workers) {
                assertThat(worker.get()).isZero();
            }
            assertThat(done).hasSize(count);
        }
    }

    /** Takes and acknowledges until all is done; how often a message was not this worker's. */
    private int work(DataSource pool, Set<Long> done, int count) throws SQLException, InterruptedException {
        int gone = 0;
        try (MessageSubscription<String> subscription = open(pool)) {
            while (done.size() < count) {
                List<Long> ids = subscription.take(20, Duration.ofMillis(50)).stream()
                        .map(Message::id)
                        .toList();
                gone += subscription.messages().ackAll(ids);
                done.addAll(ids);
            }
        }
        return gone;
    }
}
