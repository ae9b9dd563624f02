// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Looks into queues, and changes nothing. */
final class Looking {
    private static final int NOWS_OF_STATUS = 7;

    private final Site site;

    Looking(Site site) {
        this.site = site;
    }

    List<QueueStatus> queues() throws SQLException {
        Map<QueueName, Pause> paused = new HashMap<>(site.pauses().all());
        Map<String, QueueStatus> all = new TreeMap<>();
        long now = site.now();
        site.database().alone(connection -> {
            try (PreparedStatement asking =
                    connection.prepareStatement(site.texts().of("status"))) {
                for (int i = 1; i <= NOWS_OF_STATUS; i++) {
                    asking.setLong(i, now);
                }
                try (ResultSet rows = asking.executeQuery()) {
                    while (rows.next()) {
                        QueueName queue = new QueueName(rows.getString("queue"));
                        status(
                                        rows,
                                        queue,
                                        Optional.ofNullable(paused.remove(queue))
                                                .orElse(Pause.NONE),
                                        now)
                                .ifPresent(status -> all.put(queue.value(), status));
                    }
                }
            }
            return all;
        });
        paused.forEach((queue, pause) -> all.put(queue.value(), empty(queue, pause)));
        return List.copyOf(all.values());
    }

    private static QueueStatus empty(QueueName queue, Pause pause) {
        OptionalLong none = OptionalLong.of(0);
        return new QueueStatus(queue, none, none, none, none, Optional.empty(), pause);
    }

    /** Empty if all that is in the queue has expired, and it is not paused. */
    private static Optional<QueueStatus> status(ResultSet row, QueueName queue, Pause pause, long now)
            throws SQLException {
        long oldest = row.getLong("oldest");
        Optional<Duration> age =
                row.wasNull() ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, now - oldest)));
        long ready = row.getLong("ready");
        long waiting = row.getLong("waiting");
        long leased = row.getLong("leased");
        long dead = row.getLong("dead");
        if (ready + waiting + leased + dead == 0 && pause == Pause.NONE) {
            return Optional.empty();
        }
        return Optional.of(new QueueStatus(
                queue,
                OptionalLong.of(ready),
                OptionalLong.of(waiting),
                OptionalLong.of(leased),
                OptionalLong.of(dead),
                age,
                pause));
    }

    List<Glimpse> peek(QueueName queue, int max) throws SQLException {
        long now = site.now();
        return glimpses("peek", now, asking -> {
            asking.setString(1, queue.value());
            asking.setLong(2, now);
            asking.setLong(3, now);
            asking.setInt(4, max);
        });
    }

    List<Glimpse> dead(QueueName queue, int max) throws SQLException {
        return glimpses("dead", site.now(), asking -> {
            asking.setString(1, queue.value());
            asking.setInt(2, max);
        });
    }

    Optional<Glimpse> show(JobId id) throws SQLException {
        OptionalLong row = Ids.row(id);
        List<Glimpse> found = row.isPresent()
                ? glimpses("find", site.now(), asking -> asking.setLong(1, row.getAsLong()))
                : glimpses("find_named", site.now(), asking -> asking.setString(1, id.value()));
        return found.stream().filter(glimpse -> glimpse.id().equals(id)).findFirst();
    }

    /** Fills in what a statement is about. */
    private interface Filling {
        void into(PreparedStatement statement) throws SQLException;
    }

    private List<Glimpse> glimpses(String text, long now, Filling filling) throws SQLException {
        return site.database().alone(connection -> glimpses(connection, text, now, filling));
    }

    private List<Glimpse> glimpses(Connection connection, String text, long now, Filling filling) throws SQLException {
        List<Glimpse> all = new ArrayList<>();
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of(text))) {
            filling.into(asking);
            try (ResultSet rows = asking.executeQuery()) {
                while (rows.next()) {
                    Row.glimpse(rows, now).ifPresent(all::add);
                }
            }
        }
        return all;
    }
}
