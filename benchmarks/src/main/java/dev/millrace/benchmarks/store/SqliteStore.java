// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * SQLite in WAL mode: a row for each job, a transaction for each call. It has one writer at a time, so all threads share
 * one connection under one lock, which is the fastest way.
 */
public final class SqliteStore implements JobStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final byte[] body;
    private final AtomicLong lanes = new AtomicLong();

    private SqliteStore(Connection connection, byte[] body) throws SQLException {
        this.connection = connection;
        this.body = body;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO jobs VALUES (?, ?)");
        this.delete = connection.prepareStatement("DELETE FROM jobs WHERE id = ?");
    }

    /** Opens one in a folder. */
    public static SqliteStore in(Path folder, int bytes) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return new SqliteStore(config.createConnection("jdbc:sqlite:" + folder.resolve("jobs.db")), new byte[bytes]);
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public Lane lane() {
        return new RowLane(lanes.getAndIncrement());
    }

    @Override
    public long size() throws SQLException {
        lock.lock();
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM jobs")) {
            return count.getLong(1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        delete.close();
        connection.close();
    }

    private final class RowLane implements Lane {
        private final long first;
        private long stored;
        private long ended;

        RowLane(long number) {
            first = number << 40;
        }

        @Override
        public void enqueue(int jobs) throws SQLException {
            lock.lock();
            try {
                for (int i = 0; i < jobs; i++) {
                    insert.setLong(1, first + stored++);
                    insert.setBytes(2, body);
                    insert.executeUpdate();
                }
                connection.commit();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void finish(int jobs) throws SQLException {
            lock.lock();
            try {
                for (int i = 0; i < jobs; i++) {
                    delete.setLong(1, first + ended++);
                    delete.executeUpdate();
                }
                connection.commit();
            } finally {
                lock.unlock();
            }
        }
    }
}
