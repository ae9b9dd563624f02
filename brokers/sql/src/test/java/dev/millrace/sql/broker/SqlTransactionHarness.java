// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.TransactionalBroker;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.transaction.JdbcTransactionHarness;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;

/** A user of {@code jdbc:} with connections of its own as the driver makes them. */
final class SqlTransactionHarness extends JdbcTransactionHarness {
    private final SqlServer server;

    SqlTransactionHarness(SqlServer server) {
        super(TestDatabase.source(server), TestDatabase.client(server));
        this.server = server;
    }

    @Override
    public TransactionalBroker<Connection> open() {
        return SqlBroker.builder().at(server.url()).table(table()).open();
    }
}
