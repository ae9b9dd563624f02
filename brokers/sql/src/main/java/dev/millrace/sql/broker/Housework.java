// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.Settled;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Manages queues and jobs. What may be much goes in many short transactions, so that nobody is held up. */
final class Housework {
    private static final int BATCH = 500;

    private final Site site;

    Housework(Site site) {
        this.site = site;
    }

    /** Pauses a queue; what it was told, for callers that want a value. */
    Pause pause(QueueName queue, Pause pause) throws SQLException {
        site.pauses().set(queue, pause);
        site.bells().ringAll(queue);
        return pause;
    }

    /** Rows that a batch threw away, and how many of them count. */
    private record Thrown(int rows, long counted) {}

    long purge(QueueName queue) throws SQLException {
        long count = 0;
        while (true) {
            Thrown thrown = site.database().together(connection -> purge(connection, queue, site.now()));
            count += thrown.counted();
            if (thrown.rows() < BATCH) {
                return count;
            }
        }
    }

    private Thrown purge(Connection connection, QueueName queue, long now) throws SQLException {
        List<Long> rows = new ArrayList<>();
        long counted = 0;
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of("loose"))) {
            asking.setString(1, queue.value());
            asking.setLong(2, now);
            asking.setInt(3, BATCH);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getLong(1));
                    long expiresAt = found.getLong(2);
                    counted += found.wasNull() || expiresAt > now ? 1 : 0;
                }
            }
        }
        site.change(connection, "remove", rows);
        return new Thrown(rows.size(), counted);
    }

    long purgeDead(QueueName queue) throws SQLException {
        long count = 0;
        while (true) {
            int some = site.database().together(connection -> {
                List<Long> rows = deadNumbers(connection, queue, BATCH);
                return site.change(connection, "remove", rows);
            });
            count += some;
            if (some < BATCH) {
                return count;
            }
        }
    }

    private List<Long> deadNumbers(Connection connection, QueueName queue, int max) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of("dead_numbers"))) {
            asking.setString(1, queue.value());
            asking.setInt(2, max);
            return numbers(asking);
        }
    }

    static List<Long> numbers(PreparedStatement asking) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet found = asking.executeQuery()) {
            while (found.next()) {
                numbers.add(found.getLong(1));
            }
        }
        return numbers;
    }

    long redrive(QueueName queue, int max) throws SQLException {
        long count = 0;
        while (count < max) {
            int most = (int) Math.min(BATCH, max - count);
            int some = site.database().together(connection -> {
                List<Long> rows = deadNumbers(connection, queue, most);
                site.notifier().tell(connection, List.of(queue));
                return site.change(connection, "revive", rows, site.now());
            });
            count += some;
            if (some < most) {
                break;
            }
        }
        site.bells().ringAll(queue);
        return count;
    }

    Settled end(JobId id) throws SQLException {
        return addressed(id, (connection, row) -> changed(connection, "end", row));
    }

    Settled release(JobId id) throws SQLException {
        Settled settled = addressed(
                id,
                (connection, row) -> changed(connection, "ready", row) == 1
                        ? 1
                        : site.change(connection, "revive", List.of(row), site.now()));
        if (settled != Settled.LOST) {
            site.bells().ringEverywhere();
        }
        return settled;
    }

    private int changed(Connection connection, String text, long row) throws SQLException {
        long now = site.now();
        try (PreparedStatement changing =
                connection.prepareStatement(site.texts().of(text))) {
            changing.setLong(1, now);
            changing.setLong(2, row);
            changing.setLong(3, now);
            changing.setLong(4, now);
            return changing.executeUpdate();
        }
    }

    /** Changes one row; how many were changed. */
    private interface Change {
        int of(Connection connection, long row) throws SQLException;
    }

    private Settled addressed(JobId id, Change change) throws SQLException {
        return site.database().alone(connection -> {
            OptionalLong row = Ids.row(id);
            if (row.isEmpty()) {
                row = number(connection, id);
            }
            return row.isPresent() && change.of(connection, row.getAsLong()) == 1 ? Settled.CONFIRMED : Settled.LOST;
        });
    }

    private OptionalLong number(Connection connection, JobId id) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of("number"))) {
            asking.setString(1, id.value());
            return numbers(asking).stream().mapToLong(number -> number).findFirst();
        }
    }
}
