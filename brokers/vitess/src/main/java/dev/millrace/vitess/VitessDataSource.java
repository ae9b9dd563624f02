// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of JDBC to a vtgate, by gRPC: as much of them as jobs and plain statements need. Statements, with and without
 * values, batches, transactions, savepoints, and rows by number and by name; whatever else is called answers with a {@link
 * java.sql.SQLFeatureNotSupportedException} that names it. Connections are cheap, as all of them share one way to vtgate. Thread-safe;
 * its connections are for one thread each. Close it.
 *
 * <p>Of a keyspace with several shards only one can be spoken to, as {@code users:-80}: so each transaction is one.
 */
public final class VitessDataSource implements DataSource, AutoCloseable {
    private final Vtgate vtgate;
    private volatile boolean looked;
    private volatile boolean closed;

    private VitessDataSource(VitessAddress address) {
        this.vtgate = new Vtgate(address, Vtgate.LARGE_WINDOW);
        this.looked = address.keyspace().contains(":");
    }

    /**
     * Connections to a vtgate; nothing is sent before one is asked for.
     *
     * @param address where it is
     * @return where they are got
     */
    public static VitessDataSource at(VitessAddress address) {
        return new VitessDataSource(address);
    }

    /**
     * Connections to a vtgate; nothing is sent before one is asked for.
     *
     * @param url where it is, as {@link VitessAddress#of} reads it
     * @return where they are got
     * @throws IllegalArgumentException if the address is none
     */
    public static VitessDataSource at(String url) {
        return at(VitessAddress.of(url));
    }

    /**
     * Opens a connection that commits each statement by itself, and whose transactions are READ COMMITTED, until it is told otherwise.
     *
     * @return the connection
     * @throws SQLException if vtgate does not answer, refuses, or has several shards of the keyspace
     */
    @Override
    public Connection getConnection() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("source of connections");
        }
        if (!looked) {
            look();
            looked = true;
        }
        return JdbcConnection.open(vtgate);
    }

    private void look() throws SQLException {
        String keyspace = vtgate.address().keyspace();
        Duration timeout = vtgate.address().timeout();
        List<String> shards = new VtgateSession(vtgate, VtgateSession.READ_COMMITTED)
                .execute("show vitess_shards", List.of(), timeout).rows().stream()
                        .map(row -> new VitessRow(List.of("Shards"), row).text("Shards"))
                        .filter(name -> name.startsWith(keyspace + "/"))
                        .map(name -> name.substring(keyspace.length() + 1))
                        .toList();
        if (shards.isEmpty()) {
            throw new SQLNonTransientException(vtgate.address() + " is not there: vtgate knows no such keyspace");
        }
        if (shards.size() > 1) {
            throw new SQLNonTransientException(vtgate.address() + " has the shards " + String.join(", ", shards)
                    + "; give a keyspace with one, or one shard of it, as in " + keyspace + ":" + shards.get(0));
        }
    }

    /** Not supported: who connects stands in the address. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw SqlErrors.unsupported("DataSource.getConnection(user, password)");
    }

    /** Null: it writes no log. */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** Not supported: it writes no log. */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw SqlErrors.unsupported("DataSource.setLogWriter");
    }

    /** Not supported: how long an answer may take stands in the address. */
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw SqlErrors.unsupported("DataSource.setLoginTimeout");
    }

    /** How long an answer may take, in seconds. */
    @Override
    public int getLoginTimeout() {
        return (int) Math.max(1, vtgate.address().timeout().toSeconds());
    }

    /** Not supported: it writes no log. */
    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
        throw new java.sql.SQLFeatureNotSupportedException("it writes no log");
    }

    /** This, if it is of that type. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.unsupported(type.getName() + " behind them");
    }

    /** Whether this is of that type. */
    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** Ends the way to vtgate, and so all connections; closing twice is allowed. */
    @Override
    public void close() {
        closed = true;
        vtgate.close();
    }

    @Override
    public String toString() {
        return vtgate.address().toString();
    }
}
