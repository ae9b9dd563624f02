// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.broker.Broker;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.sql.broker.SqlBrokerBuilder;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.vitess.VitessDataSource;
import dev.millrace.vitess.VitessSite;
import java.util.Optional;
import java.util.UUID;

/** Puts {@code vitess:} through the contract. One site serves all tests; each has its own tables. */
final class VitessHarness extends ManualTimeHarness {
    private final VitessSite site;
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');
    private final SqlClient client;

    VitessHarness(VitessSite site) {
        this.site = site;
        this.client = new SqlClient(site.jdbc());
    }

    @Override
    public String name() {
        return "vitess:";
    }

    @Override
    public Broker open() {
        return builder().clock(time()).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    private SqlBrokerBuilder builder() {
        return SqlBroker.builder()
                .pooling(() -> VitessDataSource.at(site.url()), site.url())
                .table(table);
    }

    @Override
    protected void restartServer() {
        site.restart();
    }

    @Override
    protected void crashServer() {
        site.crash();
    }

    @Override
    public Optional<ServerControl> server() {
        return site.control();
    }

    /** What there is in the table. */
    @Override
    public Object trace(Broker broker) {
        return client.ask("SELECT id, epoch, time_next, time_acked, attempts, leased FROM " + table + " ORDER BY id");
    }

    @Override
    public void close() {
        super.close();
        client.drop(table, table + "_pause", table + "_meta");
    }
}
