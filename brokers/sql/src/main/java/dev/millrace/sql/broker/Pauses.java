// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Pause;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/*
 * Few queues are paused, and everybody asks all the time: so all of them are kept here, and read again each second. What this
 * broker pauses is paused at once; what another process does is seen within that time.
 */
/** Which queues are paused. Thread-safe. */
final class Pauses {
    private static final long READ_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Database database;
    private final Texts texts;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Map<QueueName, Pause> known = Map.of();
    private volatile long readAt;

    Pauses(Database database, Texts texts, LongSupplier nanos) throws SQLException {
        this.database = database;
        this.texts = texts;
        this.nanos = nanos;
        read();
    }

    static boolean isIn(Pause pause) {
        return pause == Pause.IN || pause == Pause.BOTH;
    }

    /** Whether receivers are to leave it alone, as was last read: asked by who has a connection, and may get no other. */
    boolean isKnownPausedOut(QueueName queue) {
        Pause pause = known.getOrDefault(queue, Pause.NONE);
        return pause == Pause.OUT || pause == Pause.BOTH;
    }

    Map<QueueName, Pause> all() throws SQLException {
        if (isOld() && reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
        return known;
    }

    /** The same, by a connection of the caller's, in his transaction: he may have no other. */
    Map<QueueName, Pause> all(Connection connection) throws SQLException {
        if (!isOld() || !reading.tryLock()) {
            return known;
        }
        try {
            Map<QueueName, Pause> seen = read(connection);
            // What an older transaction sees may have been long ago.
            if (connection.getTransactionIsolation() <= Connection.TRANSACTION_READ_COMMITTED) {
                keep(seen);
            }
            return seen;
        } finally {
            reading.unlock();
        }
    }

    private boolean isOld() {
        return nanos.getAsLong() - readAt >= READ_EVERY;
    }

    private void read() throws SQLException {
        keep(database.alone(this::read));
    }

    private void keep(Map<QueueName, Pause> read) {
        known = read;
        readAt = nanos.getAsLong();
    }

    private Map<QueueName, Pause> read(Connection connection) throws SQLException {
        Map<QueueName, Pause> all = new HashMap<>();
        try (PreparedStatement asking = connection.prepareStatement(texts.of("pauses"));
                ResultSet rows = asking.executeQuery()) {
            while (rows.next()) {
                all.put(new QueueName(rows.getString(1)), Pause.valueOf(rows.getString(2)));
            }
        }
        return all;
    }

    void set(QueueName queue, Pause pause) throws SQLException {
        reading.lock();
        try {
            database.together(connection -> write(connection, queue, pause));
            read();
        } finally {
            reading.unlock();
        }
    }

    private Pause write(Connection connection, QueueName queue, Pause pause) throws SQLException {
        try (PreparedStatement removing = connection.prepareStatement(texts.of("unpause"))) {
            removing.setString(1, queue.value());
            removing.executeUpdate();
        }
        if (pause != Pause.NONE) {
            try (PreparedStatement adding = connection.prepareStatement(texts.of("pause"))) {
                adding.setString(1, queue.value());
                adding.setString(2, pause.name());
                adding.executeUpdate();
            }
        }
        return pause;
    }
}
