// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/*
 * Interrupts: neither pools nor drivers bear them well. One that a thread brings along, or that comes while a connection is
 * waited for, is kept back until the work is done, and is then set again.
 *
 * Transactions are READ COMMITTED: under REPEATABLE READ, MySQL locks gaps between rows, and workers deadlock. One that the
 * database rolled back because of others is done again; nothing of it has happened.
 */
/** Lends connections of a {@link DataSource}. Thread-safe. */
public final class Database {
    private static final int MOST_TRIES = 10;
    /** After that it is the caller's turn, who may have something better to do: a lock can take a minute to be refused. */
    private static final long LONGEST_TRYING = TimeUnit.SECONDS.toNanos(5);

    private final DataSource source;
    private final boolean ready;

    /**
     * A database.
     *
     * @param source gives connections; what they are told is taken back before they are given back
     * @param ready whether they commit each statement by itself, and their transactions are READ COMMITTED already
     */
    public Database(DataSource source, boolean ready) {
        this.source = source;
        this.ready = ready;
    }

    /**
     * Does something that is one statement, or of which each statement may stand alone.
     *
     * @param <R> what comes of it
     * @param work what
     * @return what came of it
     * @throws SQLException if the database fails
     */
    public <R> R alone(Sql<R> work) throws SQLException {
        return uninterrupted(() -> tried(work));
    }

    /**
     * Does something in a transaction, again if others were in the way.
     *
     * @param <R> what comes of it
     * @param work what; may be done several times, of which only the last one holds
     * @return what came of it, committed
     * @throws SQLException if the database fails; it may not be known whether it was committed
     */
    public <R> R together(Sql<R> work) throws SQLException {
        return uninterrupted(() -> tried(connection -> committed(connection, work)));
    }

    private <R> R tried(Sql<R> work) throws SQLException {
        long begin = NanoClock.SYSTEM.getAsLong();
        for (int tries = 1; ; tries++) {
            try (Loan loan = lend()) {
                return work.on(loan.connection());
            } catch (SQLException e) {
                boolean late = NanoClock.SYSTEM.getAsLong() - begin >= LONGEST_TRYING;
                if (tries == MOST_TRIES || late || !Trouble.isCollision(e)) {
                    throw e;
                }
            }
        }
    }

    private static <R> R committed(Connection connection, Sql<R> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            R result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        } finally {
            endTransactions(connection);
        }
    }

    /**
     * Rolls back because of an error, to which is added whatever goes wrong with that; then the connection is ended, so that
     * nobody commits by it what should not be.
     *
     * @param connection in a transaction
     * @param error why
     */
    public static void rollBack(Connection connection, Throwable error) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            error.addSuppressed(e);
            end(connection);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException broken) {
            // Then it has ended.
        }
    }

    private static void endTransactions(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            try {
                connection.setAutoCommit(true);
            } catch (SQLException broken) {
                end(connection);
            }
        }
    }

    /**
     * Lends a connection that commits each statement by itself, until that is closed.
     *
     * @return the connection
     * @throws SQLException if there is none to be had
     */
    public Loan lend() throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return Loan.of(source.getConnection(), ready);
                } catch (SQLException e) {
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What may fail as databases do. */
    private interface Attempt<R> {
        R run() throws SQLException;
    }

    private static <R> R uninterrupted(Attempt<R> attempt) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            return attempt.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
