// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/*
 * How late it is at the database: the clock of this machine, put right by how far it was off when it was last compared. The
 * database is asked several times, and the answer that came soonest counts: it cannot be wrong by more than the time it took.
 * So all that use one database agree on the time although each has a clock of its own, and no statement needs a function for
 * it.
 */
/** The clock of a database. Thread-safe. */
public final class DatabaseClock implements InstantSource {
    private static final Logger LOG = System.getLogger(DatabaseClock.class.getName());
    private static final int QUESTIONS = 3;
    private static final long COMPARE_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(1);

    private final Database database;
    private final String question;
    private final InstantSource own = InstantSource.system();
    private final ReentrantLock comparing = new ReentrantLock();
    private volatile Duration ahead = Duration.ZERO;
    private volatile long compared;

    /**
     * Compares the clocks.
     *
     * @param database whose clock it is
     * @param question what asks it: one column, microseconds since 1970
     * @throws SQLException if it does not answer
     */
    public DatabaseClock(Database database, String question) throws SQLException {
        this.database = database;
        this.question = question;
        compare();
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
    }

    /** By how much the database is ahead of this machine; negative if it is behind. */
    public Duration ahead() {
        return ahead;
    }

    /** Compares the clocks anew if that was last done a minute ago; what fails is tried again the next time. */
    public void compareNowAndThen() {
        if (NanoClock.SYSTEM.getAsLong() - compared < COMPARE_EVERY || !comparing.tryLock()) {
            return;
        }
        try {
            compare();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "the clock of the database could not be compared", e);
        } finally {
            comparing.unlock();
        }
    }

    private void compare() throws SQLException {
        Duration measured = database.alone(connection -> {
            Duration best = Duration.ZERO;
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < QUESTIONS; i++) {
                Instant before = own.instant();
                long from = NanoClock.SYSTEM.getAsLong();
                Instant there = ask(connection.prepareStatement(question));
                long took = NanoClock.SYSTEM.getAsLong() - from;
                if (took < shortest) {
                    shortest = took;
                    best = Duration.between(before.plusNanos(took / 2), there);
                }
            }
            return best;
        });
        if (measured.minus(ahead).abs().compareTo(WORTH_A_WORD) > 0) {
            LOG.log(
                    Level.WARNING,
                    "the clock of the database is {0} ms ahead of this machine''s; jobs go by that of the database",
                    measured.toMillis());
        }
        ahead = measured;
        compared = NanoClock.SYSTEM.getAsLong();
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
