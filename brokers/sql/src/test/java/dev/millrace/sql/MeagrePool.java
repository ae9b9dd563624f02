// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of few connections that hands them out as they came back, whatever was set on them: some pools of users reset nothing.
 * Thread-safe.
 */
public final class MeagrePool implements DataSource, AutoCloseable {
    private static final int PATIENCE_SECONDS = 2;

    private final SqlServer server;
    private final DataSource source;
    private final boolean commits;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger untilRefusal = new AtomicInteger(Integer.MAX_VALUE);

    public MeagrePool(SqlServer server, int most) {
        this(server, most, true);
    }

    /** A pool whose connections commit each statement, or do not. */
    public MeagrePool(SqlServer server, int most, boolean commits) {
        this.server = server;
        this.source = TestDatabase.source(server);
        this.commits = commits;
        this.free = new Semaphore(most);
    }

    /** How many are free: all of them, if none was forgotten. */
    public int free() {
        return free.availablePermits();
    }

    /** Refuses a connection once, after so many more. */
    public void refuseAfter(int connections) {
        untilRefusal.set(connections);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (untilRefusal.getAndDecrement() == 0) {
            throw new SQLTransientConnectionException("no connection just now");
        }
        try {
            if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException("all connections are lent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", e);
        }
        try {
            Connection known = idle.poll();
            return lent(known == null ? opened() : known);
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private Connection opened() throws SQLException {
        Connection connection = source.getConnection();
        if (!commits) {
            connection.setAutoCommit(false);
        }
        return connection;
    }

    @SuppressWarnings("ReferenceEquality") // that is what is asked
    private Connection lent(Connection connection) {
        AtomicBoolean returned = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                MeagrePool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (!returned.getAndSet(true)) {
                            takeBack(connection);
                        }
                        return null;
                    }
                    if (method.getName().equals("equals")) {
                        return self == arguments[0];
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private void takeBack(Connection connection) throws SQLException {
        try {
            if (connection.isValid(PATIENCE_SECONDS)) {
                idle.push(connection);
            } else {
                connection.close();
            }
        } finally {
            free.release();
        }
    }

    /** Has the server end the connections that are idle here; the pool does not notice. */
    public void endIdle() throws SQLException {
        boolean postgres = server instanceof PostgresServer;
        for (Connection each : idle) {
            try (Statement asking = each.createStatement();
                    ResultSet row =
                            asking.executeQuery(postgres ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()");
                    Connection other = DriverManager.getConnection(server.url());
                    Statement ending = other.createStatement()) {
                row.next();
                ending.execute((postgres ? "SELECT pg_terminate_backend(" : "KILL (") + row.getLong(1) + ")");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : idle) {
            each.close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the URL names the user");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it logs nothing");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("there is no " + type + " inside");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
