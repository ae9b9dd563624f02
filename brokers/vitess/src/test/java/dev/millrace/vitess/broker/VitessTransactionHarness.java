// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.broker.TransactionalBroker;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.testkit.conformance.transaction.JdbcTransactionHarness;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.vitess.VitessDataSource;
import dev.millrace.vitess.VitessSite;
import java.sql.Connection;

/** A user of {@code vitess:} with connections of its own to vtgate's gRPC port. */
final class VitessTransactionHarness extends JdbcTransactionHarness {
    private final VitessSite site;
    private final VitessDataSource own;

    VitessTransactionHarness(VitessSite site) {
        this(site, VitessDataSource.at(site.url()));
    }

    private VitessTransactionHarness(VitessSite site, VitessDataSource own) {
        super(own, new SqlClient(site.jdbc()));
        this.site = site;
        this.own = own;
        site.made(table());
    }

    @Override
    public TransactionalBroker<Connection> open() {
        return SqlBroker.builder()
                .pooling(() -> VitessDataSource.at(site.url()), site.url())
                .table(table())
                .open();
    }

    @Override
    public void close() {
        own.close();
        super.close();
    }
}
