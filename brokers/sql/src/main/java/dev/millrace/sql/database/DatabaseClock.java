// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/*
 * How late it is at the database: what it said when it was last asked, and what has passed since by the steady clock of this
 * machine, which nobody sets. That one stands while the machine sleeps, which the other shows. It is asked several times, and the answer that came soonest counts: it cannot be wrong by more than
 * half the time it took. So all that use one database agree on the time although each has a clock of its own, and no statement
 * needs a function for it.
 */
/** The clock of a database. Thread-safe. */
public final class DatabaseClock implements InstantSource {
    private static final Logger LOG = System.getLogger(DatabaseClock.class.getName());
    private static final int QUESTIONS = 3;
    private static final long COMPARE_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(1);

    private final Database database;
    private final String question;
    private final InstantSource own;
    private final LongSupplier nanos;
    private final ReentrantLock comparing = new ReentrantLock();
    private volatile Answer known;

    /** How late it was at the database when the clocks of this machine stood so. */
    private record Answer(Instant moment, long nanos, Instant own) {
        Instant after(long later) {
            return moment.plusNanos(later - nanos);
        }

        /** Whether one clock of this machine went on without the other: it slept, or somebody set it. */
        boolean isDoubtful(long later, Instant ownLater) {
            Duration apart = Duration.between(own, ownLater).minusNanos(later - nanos);
            return apart.abs().compareTo(WORTH_A_WORD) > 0;
        }
    }

    /**
     * Compares the clocks.
     *
     * @param database whose clock it is
     * @param question what asks it: one column, microseconds since 1970
     * @throws SQLException if it does not answer
     */
    public DatabaseClock(Database database, String question) throws SQLException {
        this(database, question, InstantSource.system(), NanoClock.SYSTEM);
    }

    DatabaseClock(Database database, String question, InstantSource own, LongSupplier nanos) throws SQLException {
        this.database = database;
        this.question = question;
        this.own = own;
        this.nanos = nanos;
        this.known = database.alone(this::ask);
        warn(Duration.between(own.instant(), instant()), "that of this machine");
    }

    @Override
    public Instant instant() {
        return known.after(nanos.getAsLong());
    }

    /** By how much the database is ahead of this machine; negative if it is behind. */
    public Duration ahead() {
        return Duration.between(own.instant(), instant());
    }

    /** Compares the clocks anew if that was last done a minute ago, or if this machine slept; what fails is tried again the next time. */
    public void compareNowAndThen() {
        compareNowAndThen(() -> database.alone(this::ask));
    }

    /**
     * Compares the clocks anew if that was last done a minute ago, by a connection that is at hand.
     *
     * @param connection open, in a transaction or not
     * @throws SQLException if the database fails; a transaction may be of no more use
     */
    public void compareNowAndThen(Connection connection) throws SQLException {
        if (isOld() && comparing.tryLock()) {
            try {
                compared(ask(connection));
            } finally {
                comparing.unlock();
            }
        }
    }

    /** What asks the database. */
    private interface Asking {
        Answer ask() throws SQLException;
    }

    private void compareNowAndThen(Asking asking) {
        if (!isOld() || !comparing.tryLock()) {
            return;
        }
        try {
            compared(asking.ask());
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "the clock of the database could not be compared", e);
        } finally {
            comparing.unlock();
        }
    }

    private boolean isOld() {
        long now = nanos.getAsLong();
        return now - known.nanos() >= COMPARE_EVERY || known.isDoubtful(now, own.instant());
    }

    private void compared(Answer answer) {
        warn(Duration.between(known.after(answer.nanos()), answer.moment()), "what it should be by now");
        known = answer;
    }

    private static void warn(Duration ahead, String ofWhat) {
        if (ahead.abs().compareTo(WORTH_A_WORD) > 0) {
            LOG.log(
                    Level.WARNING,
                    "the clock of the database is {0} ms ahead of {1}; jobs go by that of the database",
                    ahead.toMillis(),
                    ofWhat);
        }
    }

    private Answer ask(Connection connection) throws SQLException {
        Answer best = null;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < QUESTIONS; i++) {
            long from = nanos.getAsLong();
            Instant there = ask(connection.prepareStatement(question));
            long took = nanos.getAsLong() - from;
            if (best == null || took < shortest) {
                shortest = took;
                best = new Answer(there, from + took / 2, own.instant().minusNanos(took / 2));
            }
        }
        return Objects.requireNonNull(best);
    }

    private static Instant ask(PreparedStatement asking) throws SQLException {
        try (asking;
                ResultSet answer = asking.executeQuery()) {
            answer.next();
            long micros = answer.getLong(1);
            return Instant.ofEpochSecond(micros / 1_000_000, TimeUnit.MICROSECONDS.toNanos(micros % 1_000_000));
        }
    }
}
