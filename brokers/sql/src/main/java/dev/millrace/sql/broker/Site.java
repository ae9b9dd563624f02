// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.DatabaseClock;
import dev.millrace.sql.database.Dialect;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Where a broker keeps its jobs: what all its parts share. Thread-safe. */
final class Site {
    private static final long LONGEST_RETURN = TimeUnit.SECONDS.toNanos(5);

    private final Parts parts;
    private final Database database;
    private final Pauses pauses;
    private final Bells bells = new Bells();
    private final OwnTransactions transactions;
    private final Upkeep upkeep;
    private final Notifier notifier;
    private final Lookout lookout;
    private final CopyOnWriteArrayList<SqlReceiver> receivers = new CopyOnWriteArrayList<>();
    private final AtomicLong lastMoment = new AtomicLong();
    private volatile boolean closed;

    /**
     * What a broker is made of.
     *
     * @param name of the broker
     * @param pool its connections, closed last
     * @param texts the statements
     * @param schema the tables
     * @param times how late it is, and how long things may take
     */
    record Parts(String name, Pool pool, Texts texts, Schema schema, Times times) {
        boolean notifies() {
            return schema.dialect() == Dialect.POSTGRESQL;
        }
    }

    /**
     * What a broker knows of time.
     *
     * @param clock by which jobs go
     * @param nanos by which waits go
     * @param poll how long a receiver waits at most before it looks
     * @param history for how long what is done stays in the table
     */
    record Times(InstantSource clock, LongSupplier nanos, Duration poll, Duration history) {}

    Site(Parts parts) throws SQLException {
        this.parts = parts;
        this.database = parts.pool().database();
        this.notifier =
                new Notifier(parts.notifies(), parts.texts(), parts.times().nanos());
        this.lookout = new Lookout(this, parts.schema().dialect());
        this.transactions = new OwnTransactions(database, bells);
        this.upkeep = new Upkeep(this);
        this.pauses = new Pauses(database, parts.texts(), parts.times().nanos());
    }

    String name() {
        return parts.name();
    }

    Database database() {
        return database;
    }

    Pool pool() {
        return parts.pool();
    }

    Texts texts() {
        return parts.texts();
    }

    Times times() {
        return parts.times();
    }

    Pauses pauses() {
        return pauses;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    OwnTransactions transactions() {
        return transactions;
    }

    Notifier notifier() {
        return notifier;
    }

    Lookout lookout() {
        return lookout;
    }

    Bells bells() {
        return bells;
    }

    /** How late it is. */
    long now() {
        return Nanos.of(parts.times().clock().instant());
    }

    /** How late it is, later than whenever it was asked before, if by a nanosecond. */
    long moment() {
        return lastMoment.accumulateAndGet(now(), (last, now) -> Math.max(last + 1, now));
    }

    /** Makes sure now and then that the clock is right. */
    void compareClocks() {
        if (parts.times().clock() instanceof DatabaseClock clock) {
            clock.compareNowAndThen();
        }
    }

    /** The same, by a connection of the caller's. */
    void compareClocks(Connection connection) throws SQLException {
        if (parts.times().clock() instanceof DatabaseClock clock) {
            clock.compareNowAndThen(connection);
        }
    }

    /** A number for this broker that no other has. */
    int newNode() throws SQLException {
        return parts.schema().node();
    }

    void checkOpen() {
        if (closed) {
            throw BrokerException.lasting("the broker " + parts.name() + " is closed", null);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void add(SqlReceiver receiver) {
        receivers.add(receiver);
    }

    void remove(SqlReceiver receiver) {
        receivers.remove(receiver);
    }

    void close() {
        if (!closed) {
            closed = true;
            List<SqlReceiver> last = List.copyOf(receivers);
            last.forEach(SqlReceiver::close);
            lookout.close();
            awaitReturn(last);
            parts.pool().close();
        }
    }

    /** Until those that receive have given back what they had taken, for which they need a connection. */
    private void awaitReturn(List<SqlReceiver> last) {
        long end = parts.times().nanos().getAsLong() + LONGEST_RETURN;
        try {
            for (SqlReceiver each : last) {
                each.awaitReturn(end - parts.times().nanos().getAsLong());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A statement about a list of rows, for as many rows as one can be about. Whoever fills it in begins behind the given values. */
    PreparedStatement listing(Connection connection, String name, List<Long> rows, Long... values) throws SQLException {
        int length = Texts.length(rows.size());
        PreparedStatement statement = connection.prepareStatement(texts().of(name, length));
        int place = 1;
        for (Long value : values) {
            statement.setLong(place++, value);
        }
        for (int i = 0; i < length; i++) {
            statement.setLong(place++, rows.get(Math.min(i, rows.size() - 1)));
        }
        return statement;
    }

    /** Changes rows by a statement about a list of them; how many were changed. */
    int change(Connection connection, String name, List<Long> rows, Long... values) throws SQLException {
        int count = 0;
        for (int from = 0; from < rows.size(); from += Texts.longest()) {
            List<Long> some = rows.subList(from, Math.min(rows.size(), from + Texts.longest()));
            try (PreparedStatement changing = listing(connection, name, some, values)) {
                count += changing.executeUpdate();
            }
        }
        return count;
    }
}
