// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement, and what came of it the last time. For one thread. */
class JdbcStatement {
    private static final Map<Method, Method> KNOWN = Facade.known(java.sql.Statement.class, JdbcStatement.class);
    private static final int NOTHING_MORE = -1;

    private final JdbcConnection connection;
    private java.sql.@Nullable Statement face;
    private int seconds;
    private @Nullable ResultSet rows;
    private int count = NOTHING_MORE;
    private boolean closed;

    JdbcStatement(JdbcConnection connection) {
        this.connection = connection;
    }

    static java.sql.Statement open(JdbcConnection connection) {
        JdbcStatement statement = new JdbcStatement(connection);
        return statement.behind(Facade.of(java.sql.Statement.class, statement, KNOWN));
    }

    /** Says by which face others know it. */
    final <S extends java.sql.Statement> S behind(S known) {
        face = known;
        return known;
    }

    /** Executes; whether there are rows. */
    final boolean run(String sql, List<Binding> values) throws SQLException {
        QueryResult result = result(sql, values);
        boolean asked = !result.columns().isEmpty();
        rows = asked ? JdbcRows.open(result, face) : null;
        count = asked ? NOTHING_MORE : Math.toIntExact(result.affected());
        return asked;
    }

    final QueryResult result(String sql, List<Binding> values) throws SQLException {
        checkOpen();
        return connection.execute(sql, values, seconds);
    }

    final ResultSet asked(String sql, List<Binding> values) throws SQLException {
        if (run(sql, values) && rows != null) {
            return rows;
        }
        throw new SQLException("the statement answers no rows; use executeUpdate");
    }

    final int changed(String sql, List<Binding> values) throws SQLException {
        if (run(sql, values)) {
            throw new SQLException("the statement answers rows; use executeQuery");
        }
        return count;
    }

    public final boolean execute(String sql) throws SQLException {
        return run(sql, List.of());
    }

    public final ResultSet executeQuery(String sql) throws SQLException {
        return asked(sql, List.of());
    }

    public final int executeUpdate(String sql) throws SQLException {
        return changed(sql, List.of());
    }

    public final @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return rows;
    }

    public final int getUpdateCount() throws SQLException {
        checkOpen();
        return count;
    }

    public final boolean getMoreResults() throws SQLException {
        checkOpen();
        rows = null;
        count = NOTHING_MORE;
        return false;
    }

    public final void setQueryTimeout(int most) throws SQLException {
        checkOpen();
        if (most < 0) {
            throw new SQLException("timeout " + most + " is out of range; give 0 seconds or more");
        }
        seconds = most;
    }

    public final int getQueryTimeout() throws SQLException {
        checkOpen();
        return seconds;
    }

    /** A hint; all rows come at once. */
    public final void setFetchSize(int hint) throws SQLException {
        checkOpen();
    }

    public final Connection getConnection() throws SQLException {
        checkOpen();
        return connection.face();
    }

    public final @Nullable SQLWarning getWarnings() {
        return null;
    }

    public final void clearWarnings() throws SQLException {
        checkOpen();
    }

    public final boolean isClosed() {
        return closed;
    }

    public final void close() {
        closed = true;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("statement");
        }
    }

    @Override
    public String toString() {
        return "statement on a " + connection;
    }
}
