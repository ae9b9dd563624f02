// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.DatabaseClock;
import dev.millrace.sql.database.Dialect;
import dev.millrace.sql.database.NanoClock;
import dev.millrace.sql.database.Nanos;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/*
 * One priority is claimed at a time, the oldest first: the index finds what is due of one priority at once. Which priorities there
 * are is asked each second, and whenever nothing was found. When a message comes again is reckoned as Vitess does it:
 *
 *   now + ackWait + clamp(minBackoff * 2^epoch * jitter, minBackoff, maxBackoff), jitter from 2/3 to 4/3
 */
/** Claims messages, and forgets old ones. For one thread at a time. */
final class Puller<T> {
    private static final Logger LOG = System.getLogger(Puller.class.getName());
    private static final long DISCOVER_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long PURGE_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final int PURGED_AT_ONCE = 500;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_DOUBLINGS = 40;

    private final MessageQueue queue;
    private final Database database;
    private final RowReader<T> reader;
    private final SubscriptionOptions options;
    private final InstantSource clock;
    private final RandomGenerator chance = RandomGenerator.getDefault();
    private List<Integer> priorities = List.of();
    private long discoverAt;
    private long purgeAt;

    Puller(MessageQueue queue, Database database, RowReader<T> reader, SubscriptionOptions options)
            throws SQLException {
        this.queue = queue;
        this.database = database;
        this.reader = reader;
        this.options = options;
        Dialect dialect = database.alone(Dialect::of);
        String question = queue.texts().of("now_" + dialect.folder());
        this.clock = queue.isBySystemClock() ? new DatabaseClock(database, question) : queue.clock();
        this.discoverAt = NanoClock.SYSTEM.getAsLong();
        this.purgeAt = discoverAt;
    }

    List<Message<T>> pull(int max) throws SQLException {
        nowAndThen();
        int wanted = Math.min(max, MOST_AT_ONCE);
        boolean fresh = NanoClock.SYSTEM.getAsLong() - discoverAt >= 0;
        if (fresh) {
            discover();
        }
        List<Message<T>> some = claim(wanted);
        if (some.isEmpty() && !fresh) {
            discover();
            some = claim(wanted);
        }
        return some;
    }

    private void discover() throws SQLException {
        priorities = database.alone(connection -> {
            List<Integer> found = new ArrayList<>();
            try (PreparedStatement asking =
                    connection.prepareStatement(queue.texts().of("next_priority"))) {
                int last = Integer.MIN_VALUE;
                while (true) {
                    asking.setInt(1, last);
                    try (ResultSet row = asking.executeQuery()) {
                        row.next();
                        last = row.getInt(1);
                        if (row.wasNull()) {
                            return found;
                        }
                        found.add(last);
                    }
                }
            }
        });
        discoverAt = NanoClock.SYSTEM.getAsLong() + DISCOVER_EVERY;
    }

    private List<Message<T>> claim(int wanted) throws SQLException {
        return priorities.isEmpty() ? List.of() : database.together(connection -> claim(connection, wanted));
    }

    private List<Message<T>> claim(Connection connection, int wanted) throws SQLException {
        long now = Nanos.of(clock.instant());
        List<Message<T>> messages = new ArrayList<>();
        Map<Long, Long> moments = new TreeMap<>();
        Map<Long, List<Long>> byEpoch = new TreeMap<>();
        try (PreparedStatement claiming =
                connection.prepareStatement(queue.texts().of("claim"))) {
            for (int priority : priorities) {
                if (messages.size() == wanted) {
                    break;
                }
                claiming.setInt(1, priority);
                claiming.setLong(2, now + 1);
                claiming.setInt(3, wanted - messages.size());
                try (ResultSet rows = claiming.executeQuery()) {
                    while (rows.next()) {
                        long epoch = rows.getLong("epoch");
                        long until = moments.computeIfAbsent(epoch, before -> now + postponement(before));
                        byEpoch.computeIfAbsent(epoch, before -> new ArrayList<>())
                                .add(rows.getLong("id"));
                        messages.add(new Message<>(
                                rows.getLong("id"), reader.read(rows), epoch + 1, priority, Nanos.instant(until)));
                    }
                }
            }
        }
        for (Map.Entry<Long, List<Long>> each : byEpoch.entrySet()) {
            long until = moments.getOrDefault(each.getKey(), now);
            queue.on(connection).changeAll(connection, "postpone", until, each.getValue());
        }
        return messages;
    }

    private long postponement(long epoch) {
        double least = (double) options.minBackoff().toNanos();
        double most = (double) options.maxBackoff().toNanos();
        double jitter = 2.0 / 3 + chance.nextDouble() * 2 / 3;
        double backoff =
                Math.clamp(least * Math.pow(2, (double) Math.min(epoch, MOST_DOUBLINGS)) * jitter, least, most);
        return options.ackWait().toNanos() + (long) backoff;
    }

    /** Messages that were taken for nobody come again at once; if that fails, when their time has come. */
    void handBack(List<Message<T>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<Long> ids = messages.stream().map(Message::id).toList();
        try {
            long now = Nanos.of(clock.instant());
            database.together(connection -> queue.on(connection).changeAll(connection, "hand_back", now, ids));
        } catch (SQLException e) {
            LOG.log(Level.WARNING, ids.size() + " messages of " + queue + " come again later", e);
        }
    }

    private void nowAndThen() throws SQLException {
        if (NanoClock.SYSTEM.getAsLong() - purgeAt < 0) {
            return;
        }
        if (clock instanceof DatabaseClock ofDatabase) {
            ofDatabase.compareNowAndThen();
        }
        Instant before = clock.instant().minus(options.purgeAfter());
        int purged = database.together(connection -> purge(connection, Nanos.of(before)));
        purgeAt = NanoClock.SYSTEM.getAsLong() + (purged < PURGED_AT_ONCE ? PURGE_EVERY : 0);
    }

    private int purge(Connection connection, long before) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement asking =
                connection.prepareStatement(queue.texts().of("done"))) {
            asking.setLong(1, before);
            asking.setInt(2, PURGED_AT_ONCE);
            try (ResultSet rows = asking.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return queue.on(connection).removeAll(connection, ids);
    }
}
