// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.TransactionalBroker;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A user of {@code jdbc:} with a table beside the jobs, and connections of its own as the driver makes them. */
final class SqlTransactionHarness implements TransactionHarness<Connection> {
    private final SqlServer server;
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    SqlTransactionHarness(SqlServer server) {
        this.server = server;
        update("CREATE TABLE " + table + "_own (text VARCHAR(100) NOT NULL)");
    }

    @Override
    public TransactionalBroker<Connection> open() {
        return SqlBroker.builder().at(server.url()).table(table).open();
    }

    private void update(String... statements) {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement updating = connection.createStatement()) {
            for (String statement : statements) {
                updating.execute(statement);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Connection begin() {
        try {
            Connection connection = DriverManager.getConnection(server.url());
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
        try (PreparedStatement writing = transaction.prepareStatement("INSERT INTO " + table + "_own VALUES (?)")) {
            writing.setString(1, text);
            writing.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> written() {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery("SELECT text FROM " + table + "_own")) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (String name : List.of(table, table + "_pause", table + "_meta", table + "_own")) {
            update("DROP TABLE IF EXISTS " + name);
        }
    }
}
