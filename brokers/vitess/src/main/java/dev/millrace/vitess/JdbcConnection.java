// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection: a session, and how long its answers may take. For one thread; any may abort it. */
final class JdbcConnection {
    private static final Map<Method, Method> KNOWN = Facade.known(Connection.class, JdbcConnection.class);
    private static final Duration UNLIMITED = Duration.ofHours(1);

    private final VitessAddress address;
    private final VtgateSession session;
    private final Connection face = Facade.of(Connection.class, this, KNOWN);
    private int isolation = Connection.TRANSACTION_READ_COMMITTED;
    private Duration timeout;
    private int savepoints;

    private JdbcConnection(Vtgate vtgate) {
        this.address = vtgate.address();
        this.session = new VtgateSession(vtgate, VtgateSession.READ_COMMITTED);
        this.timeout = address.timeout();
    }

    /** Opens a connection; nothing is sent. */
    static Connection open(Vtgate vtgate) {
        return new JdbcConnection(vtgate).face;
    }

    Connection face() {
        return face;
    }

    /** Executes a statement; within so many seconds if that is not 0. */
    QueryResult execute(String sql, List<Binding> values, int seconds) throws SQLException {
        Duration limit = Duration.ofSeconds(seconds);
        return session.execute(sql, values, seconds > 0 && limit.compareTo(timeout) < 0 ? limit : timeout);
    }

    public java.sql.Statement createStatement() throws SQLException {
        checkOpen();
        return JdbcStatement.open(this);
    }

    public PreparedStatement prepareStatement(String sql) throws SQLException {
        checkOpen();
        return JdbcPreparedStatement.open(this, sql);
    }

    public void setAutoCommit(boolean each) throws SQLException {
        checkOpen();
        session.autocommit(each, timeout);
    }

    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return session.autocommit();
    }

    public void commit() throws SQLException {
        checkInTransactions("commit");
        session.commit(timeout);
    }

    public void rollback() throws SQLException {
        checkInTransactions("roll back");
        session.rollback(timeout);
    }

    private void checkInTransactions(String doing) throws SQLException {
        checkOpen();
        if (session.autocommit()) {
            throw new SQLException("there is nothing to " + doing
                    + ": the connection commits each statement by itself; call setAutoCommit(false) before");
        }
    }

    public Savepoint setSavepoint() throws SQLException {
        return setSavepoint("millrace_" + ++savepoints);
    }

    public Savepoint setSavepoint(String name) throws SQLException {
        checkInTransactions("come back to");
        NamedSavepoint savepoint = new NamedSavepoint(name);
        savepoint.say("SAVEPOINT ");
        return savepoint;
    }

    public void rollback(Savepoint savepoint) throws SQLException {
        ((NamedSavepoint) savepoint).say("ROLLBACK TO SAVEPOINT ");
    }

    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        ((NamedSavepoint) savepoint).say("RELEASE SAVEPOINT ");
    }

    private final class NamedSavepoint implements Savepoint {
        private final String name;

        NamedSavepoint(String name) {
            this.name = name;
        }

        void say(String what) throws SQLException {
            QueryResult unused = execute(what + "`" + name.replace("`", "``") + "`", List.of(), 0);
        }

        @Override
        public int getSavepointId() throws SQLException {
            throw new SQLException("the savepoint is named: " + name);
        }

        @Override
        public String getSavepointName() {
            return name;
        }
    }

    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        session.isolation(
                switch (level) {
                    case Connection.TRANSACTION_REPEATABLE_READ -> VtgateSession.REPEATABLE_READ;
                    case Connection.TRANSACTION_READ_COMMITTED -> VtgateSession.READ_COMMITTED;
                    case Connection.TRANSACTION_READ_UNCOMMITTED -> VtgateSession.READ_UNCOMMITTED;
                    case Connection.TRANSACTION_SERIALIZABLE -> VtgateSession.SERIALIZABLE;
                    default -> throw new SQLException("isolation " + level + " is not one that MySQL has");
                });
        isolation = level;
    }

    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    public void setReadOnly(boolean hint) throws SQLException {
        checkOpen();
    }

    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return false;
    }

    public void setNetworkTimeout(@Nullable Executor unused, int milliseconds) throws SQLException {
        checkOpen();
        timeout = milliseconds == 0 ? UNLIMITED : Duration.ofMillis(milliseconds);
    }

    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return timeout.equals(UNLIMITED) ? 0 : (int) timeout.toMillis();
    }

    /** It is, unless it has lost its session: the way to vtgate is looked after elsewhere. */
    public boolean isValid(int seconds) {
        return !session.isEnded();
    }

    public boolean isClosed() {
        return session.isEnded();
    }

    public void close() {
        session.end();
    }

    public void abort(Executor unused) {
        session.abort();
    }

    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return JdbcMetaData.open(this, address);
    }

    public String getCatalog() throws SQLException {
        checkOpen();
        return address.keyspace();
    }

    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    public void clearWarnings() throws SQLException {
        checkOpen();
    }

    /** What pools say; a session has no more to it. */
    public void beginRequest() throws SQLException {
        checkOpen();
    }

    public void endRequest() throws SQLException {
        checkOpen();
    }

    private void checkOpen() throws SQLException {
        if (session.isEnded()) {
            throw SqlErrors.closed("connection");
        }
    }

    @Override
    public String toString() {
        return "connection to " + address;
    }
}
