// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection to PostgreSQL that hears what others notify. For one thread; any may close it. */
final class PostgresEars implements AutoCloseable {
    private final Connection connection;
    private final PGConnection hearing;

    /**
     * Begins to listen.
     *
     * @param connection is kept until this is closed
     * @param listen the statement
     * @throws SQLException if the driver is another, or the database refuses it
     */
    PostgresEars(Connection connection, String listen) throws SQLException {
        this.connection = connection;
        this.hearing = connection.unwrap(PGConnection.class);
        try (Statement listening = connection.createStatement()) {
            listening.execute(listen);
        }
    }

    /** What was notified, as soon as there is something; nothing if time ran out. */
    List<String> hear(Duration patience) throws SQLException {
        List<String> heard = new ArrayList<>();
        PGNotification @Nullable [] notifications = hearing.getNotifications((int) Math.max(1, patience.toMillis()));
        if (notifications != null) {
            for (PGNotification each : notifications) {
                heard.add(each.getParameter());
            }
        }
        return heard;
    }

    /** Ends it, also for a thread that is just listening. */
    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
            connection.close();
        } catch (SQLException broken) {
            // Then it is of no use to anybody.
        }
    }
}
