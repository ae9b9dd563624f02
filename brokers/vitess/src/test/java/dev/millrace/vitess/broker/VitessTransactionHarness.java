// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.broker.TransactionalBroker;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import dev.millrace.vitess.VitessDataSource;
import dev.millrace.vitess.VitessSite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A user of {@code vitess:} with a table beside the jobs, and connections of its own to vtgate's gRPC port. */
final class VitessTransactionHarness implements TransactionHarness<Connection> {
    private final VitessSite site;
    private final VitessDataSource own;
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    VitessTransactionHarness(VitessSite site) {
        this.site = site;
        this.own = VitessDataSource.at(site.url());
        Tables.update(site, "CREATE TABLE " + table + "_own (text VARCHAR(100) NOT NULL)");
        site.made(table);
    }

    @Override
    public TransactionalBroker<Connection> open() {
        return SqlBroker.builder()
                .pooling(() -> VitessDataSource.at(site.url()), site.url())
                .table(table)
                .open();
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
        try (PreparedStatement writing = transaction.prepareStatement("INSERT INTO " + table + "_own VALUES (?)")) {
            writing.setString(1, text);
            writing.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> written() {
        return Tables.ask(site, "SELECT text FROM " + table + "_own");
    }

    @Override
    public void close() {
        own.close();
        Tables.drop(site, table, table + "_pause", table + "_meta", table + "_own");
    }
}
