// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import dev.millrace.testkit.servers.SqlClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What harnesses have in common whose transactions are connections of JDBC: the user has a table beside the jobs, and
 * connections of its own.
 */
public abstract class JdbcTransactionHarness implements TransactionHarness<Connection> {
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');
    private final DataSource own;
    private final SqlClient client;

    /**
     * Made by the subclass; makes the user's table.
     *
     * @param own makes the user's connections
     * @param client makes and reads the user's table
     */
    protected JdbcTransactionHarness(DataSource own, SqlClient client) {
        this.own = own;
        this.client = client;
        client.run("CREATE TABLE " + own() + " (text VARCHAR(100) NOT NULL)");
    }

    /**
     * The table of the jobs, which no other test uses. The broker makes it, with its {@code _pause} and {@code _meta}; {@link #close} drops them.
     *
     * @return its name
     */
    protected final String table() {
        return table;
    }

    private String own() {
        return table + "_own";
    }

    @Override
    public Connection begin() {
        try {
            Connection connection = own.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void commit(Connection transaction) {
        try (transaction) {
            transaction.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void rollBack(Connection transaction) {
        try (transaction) {
            transaction.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void write(Connection transaction, String text) {
        try (PreparedStatement writing = transaction.prepareStatement("INSERT INTO " + own() + " VALUES (?)")) {
            writing.setString(1, text);
            writing.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> written() {
        return client.ask("SELECT text FROM " + own());
    }

    @Override
    public void close() {
        client.drop(own(), table, table + "_pause", table + "_meta");
    }
}
