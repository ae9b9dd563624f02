// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.served.ServedSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/*
 * The least that a queue in a table does: an index of what is ready; a claim locks a hundred rows, leases them with one statement and
 * commits; one statement acknowledges them all. No epochs are compared, no headers read, no queues told apart.
 */
/** A message table as somebody would write it by hand. */
final class BareTable {
    private static final int BATCH = 100;
    private static final byte[] BODY = "b".repeat(64).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final ServedSql server;
    private final String table = SqlDatabases.freshTable();
    private final AtomicLong ids = new AtomicLong();

    BareTable(ServedSql server) throws SQLException {
        this.server = server;
        boolean postgres = server.isPostgres();
        try (Connection connection = connection();
                Statement creating = connection.createStatement()) {
            creating.execute("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, priority SMALLINT NOT NULL DEFAULT 50,"
                    + " epoch BIGINT NOT NULL DEFAULT 0, time_next BIGINT, time_acked BIGINT, payload "
                    + (postgres ? "BYTEA" : "LONGBLOB") + " NOT NULL)");
            creating.execute("CREATE INDEX " + table + "_poller ON " + table
                    + (postgres
                            ? " (priority, time_next) WHERE time_acked IS NULL"
                            : " (time_acked, priority, time_next)"));
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = server.connection();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    /** One thread that inserts, one row or a batch at a time. */
    final class Inserter implements AutoCloseable {
        private final Connection connection = connection();
        private final PreparedStatement inserting =
                connection.prepareStatement("INSERT INTO " + table + " (id, time_next, payload) VALUES (?, ?, ?)");

        Inserter() throws SQLException {}

        private void fill() throws SQLException {
            inserting.setLong(1, ids.incrementAndGet());
            inserting.setLong(2, System.currentTimeMillis() * 1_000_000);
            inserting.setBytes(3, BODY);
        }

        long one() throws SQLException {
            fill();
            return inserting.executeUpdate();
        }

        long many(int count) throws SQLException {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                fill();
                inserting.addBatch();
            }
            inserting.executeBatch();
            connection.commit();
            return count;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Works off so many rows, which it puts there first; rows a second. */
    double work(int jobs, int threads) throws Exception {
        try (Inserter inserter = new Inserter()) {
            for (int i = 0; i < jobs; i += 1_000) {
                inserter.many(1_000);
            }
        }
        AtomicInteger left = new AtomicInteger(jobs);
        List<Thread> workers = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        long begin = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().start(() -> {
                try {
                    work(left);
                } catch (SQLException | RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the bare loop failed", failures.getFirst());
        }
        return jobs / ((System.nanoTime() - begin) / 1e9);
    }

    private void work(AtomicInteger left) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(BATCH, "?"));
        try (Connection connection = connection();
                PreparedStatement claiming = connection.prepareStatement("SELECT id, payload, epoch FROM " + table
                        + " WHERE time_acked IS NULL AND priority = 50 AND time_next < ? ORDER BY time_next LIMIT "
                        + BATCH + " FOR UPDATE SKIP LOCKED");
                PreparedStatement leasing = connection.prepareStatement("UPDATE " + table
                        + " SET time_next = ?, epoch = epoch + 1 WHERE id IN (" + marks + ") AND time_acked IS NULL");
                PreparedStatement acknowledging = connection.prepareStatement("UPDATE " + table
                        + " SET time_acked = ?, time_next = NULL WHERE id IN (" + marks + ") AND time_acked IS NULL")) {
            while (left.get() > 0) {
                long now = System.currentTimeMillis() * 1_000_000;
                connection.setAutoCommit(false);
                List<Long> claimed = new ArrayList<>();
                claiming.setLong(1, now);
                try (ResultSet rows = claiming.executeQuery()) {
                    while (rows.next()) {
                        claimed.add(rows.getLong(1));
                        rows.getBytes(2);
                    }
                }
                if (!claimed.isEmpty()) {
                    change(leasing, now + 30_000_000_000L, claimed);
                }
                connection.commit();
                connection.setAutoCommit(true);
                if (!claimed.isEmpty()) {
                    left.addAndGet(-change(acknowledging, now, claimed));
                }
            }
        }
    }

    private static int change(PreparedStatement changing, long value, List<Long> rows) throws SQLException {
        changing.setLong(1, value);
        for (int i = 0; i < BATCH; i++) {
            changing.setLong(i + 2, rows.get(Math.min(i, rows.size() - 1)));
        }
        return changing.executeUpdate();
    }
}
