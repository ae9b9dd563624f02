// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.sql.Connection;
import java.sql.SQLException;

/*
 * Some pools are told not to commit each statement; what was done by such a connection would be rolled back when it is given back.
 * And some pools hand connections out as they came back. So it is told what is needed, and what it was told is taken back.
 */
/** A connection that commits each statement by itself, until this is closed. For one thread. */
public final class Loan implements AutoCloseable {
    private final Connection connection;
    private final boolean committed;
    private final int isolation;

    private Loan(Connection connection, boolean committed, int isolation) {
        this.connection = connection;
        this.committed = committed;
        this.isolation = isolation;
    }

    /** Prepares a connection, which is given back if that fails. */
    static Loan of(Connection connection, boolean ready) throws SQLException {
        try {
            return ready ? new Loan(connection, true, Connection.TRANSACTION_READ_COMMITTED) : prepared(connection);
        } catch (SQLException | RuntimeException | Error e) {
            giveBack(connection, e);
            throw e;
        }
    }

    /**
     * Prepares a connection to commit each statement, in whatever isolation it has; it is given back if that fails.
     *
     * @param connection of a pool
     * @return the loan of it
     * @throws SQLException if the database fails
     */
    public static Loan committing(Connection connection) throws SQLException {
        try {
            boolean commits = connection.getAutoCommit();
            if (!commits) {
                connection.setAutoCommit(true);
            }
            return new Loan(connection, commits, Connection.TRANSACTION_READ_COMMITTED);
        } catch (SQLException | RuntimeException | Error e) {
            giveBack(connection, e);
            throw e;
        }
    }

    private static void giveBack(Connection connection, Throwable error) {
        try {
            connection.close();
        } catch (SQLException broken) {
            error.addSuppressed(broken);
        }
    }

    private static Loan prepared(Connection connection) throws SQLException {
        boolean commits = connection.getAutoCommit();
        if (!commits) {
            connection.setAutoCommit(true);
        }
        int isolation = connection.getTransactionIsolation();
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        return new Loan(connection, commits, isolation);
    }

    /**
     * What was lent.
     *
     * @return the connection; may be closed instead of this if it is of no more use
     */
    public Connection connection() {
        return connection;
    }

    /** Gives it back as it was. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                restore();
            }
        }
    }

    private void restore() throws SQLException {
        try {
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
            if (connection.getAutoCommit() != committed) {
                connection.setAutoCommit(committed);
            }
        } catch (SQLException broken) {
            // What was done is done; nobody is to use it any more.
            connection.abort(Runnable::run);
        }
    }
}
