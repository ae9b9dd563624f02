// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.vitess.proto.Query.QueryResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/*
 * As the real one does it since version 6, over MariaDB:
 *
 *  - what is committed and due goes out at once (the real one reads the binlog; this one looks each 2 ms for rows that changed);
 *  - what becomes due by time goes out with the next poll;
 *  - in the order of priority and then of the largest time_next, a batch to the next receiver that is not busy, one receiver for each;
 *  - a batch is postponed after the send has returned, also if it failed, by ack_wait and the backoff;
 *  - a receiver that does not read keeps its batch, and is busy until the send returns.
 */
/** The message manager of one table. */
final class FakeTablet implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FakeTablet.class.getName());
    private static final long LOOKS_EACH_MS = 2;

    private final DataSource database;
    private final String table;
    private final TableComment comment;
    private final Duration postponedLater;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    /** Versions of rows that were seen, by id. */
    private final Map<Long, String> seen = new HashMap<>();

    private final Set<Long> due = new HashSet<>();
    private final Set<Long> inFlight = new HashSet<>();
    private final AtomicInteger turns = new AtomicInteger();
    private long pollAt;

    /** Gets batches; sending blocks as long as the other side lets nothing in. */
    interface Receiver {
        /** The first answer. */
        void begin(QueryResult fields);

        boolean isBusy();

        void busy(boolean is);

        boolean isGone();

        void send(QueryResult rows);
    }

    /** Begins to look. */
    FakeTablet(DataSource database, String table, TableComment comment, Duration postponedLater) {
        this.database = database;
        this.table = table;
        this.comment = comment;
        this.postponedLater = postponedLater;
        var unused = this.looking.scheduleWithFixedDelay(this::look, 0, LOOKS_EACH_MS, TimeUnit.MILLISECONDS);
    }

    void subscribe(Receiver receiver) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement asking =
                        connection.prepareStatement("SELECT " + comment.columns() + " FROM " + table + " WHERE FALSE");
                ResultSet none = asking.executeQuery()) {
            receiver.begin(Answers.of(none));
        }
        receivers.add(receiver);
        synchronized (this) {
            pollAt = 0;
        }
    }

    int subscribers() {
        receivers.removeIf(Receiver::isGone);
        return receivers.size();
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private synchronized void look() {
        receivers.removeIf(Receiver::isGone);
        if (receivers.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            boolean polls = System.nanoTime() >= pollAt;
            pollAt = polls ? System.nanoTime() + comment.pollerInterval().toNanos() : pollAt;
            find(connection, polls);
            for (int i = 0; i < receivers.size() && !due.isEmpty(); i++) {
                Receiver next = receivers.get(turns.getAndIncrement() % receivers.size());
                if (!next.isBusy() && !next.isGone()) {
                    hand(connection, next);
                }
            }
            // What did not fit goes with the next look.
            due.forEach(seen::remove);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "the tablet cannot look", e);
        }
    }

    private void find(Connection connection, boolean polls) throws SQLException {
        long now = now();
        try (PreparedStatement asking = connection.prepareStatement(
                        "SELECT id, time_next, epoch FROM " + table + " WHERE time_acked IS NULL");
                ResultSet rows = asking.executeQuery()) {
            due.clear();
            while (rows.next()) {
                long id = rows.getLong(1);
                String version = rows.getLong(2) + " " + rows.getLong(3);
                boolean changed = !version.equals(seen.put(id, version));
                if (rows.getLong(2) <= now && !inFlight.contains(id) && (changed || polls)) {
                    due.add(id);
                }
            }
        }
    }

    private void hand(Connection connection, Receiver receiver) throws SQLException {
        List<Long> ids = new ArrayList<>();
        Map<Long, Long> epochs = new HashMap<>();
        QueryResult batch;
        String chosen = String.join(",", due.stream().map(String::valueOf).toList());
        try (PreparedStatement asking = connection.prepareStatement("SELECT id, epoch FROM " + table + " WHERE id IN ("
                        + chosen + ") ORDER BY priority, time_next DESC LIMIT " + comment.batchSize());
                ResultSet rows = asking.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
                epochs.put(rows.getLong(1), rows.getLong(2));
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        String list = String.join(",", ids.stream().map(String::valueOf).toList());
        try (PreparedStatement asking = connection.prepareStatement("SELECT " + comment.columns() + " FROM " + table
                        + " WHERE id IN (" + list + ") ORDER BY priority, time_next DESC");
                ResultSet rows = asking.executeQuery()) {
            batch = Answers.of(rows).toBuilder().clearFields().build();
        }
        due.removeAll(ids);
        inFlight.addAll(ids);
        receiver.busy(true);
        Thread.ofVirtual().start(() -> {
            try {
                receiver.send(batch);
            } finally {
                receiver.busy(false);
                if (!looking.isShutdown()) {
                    var unused = looking.schedule(
                            () -> postpone(ids, epochs), postponedLater.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        });
    }

    private synchronized void postpone(List<Long> ids, Map<Long, Long> epochs) {
        double jitter = 2.0 / 3 + RandomGenerator.getDefault().nextDouble() * 2 / 3;
        try (Connection connection = database.getConnection();
                PreparedStatement postponing = connection.prepareStatement("UPDATE " + table
                        + " SET time_next = ?, epoch = IFNULL(epoch, 0) + 1 WHERE id = ? AND time_acked IS NULL")) {
            for (long id : ids) {
                postponing.setLong(1, now() + comment.postponement(epochs.getOrDefault(id, 0L), jitter));
                postponing.setLong(2, id);
                postponing.executeUpdate();
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "they go out again with the next poll, as those of the real one", e);
        }
        ids.forEach(inFlight::remove);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
