// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Broker;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.MysqlServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.servers.SqlServer;
import java.util.Optional;
import java.util.UUID;

/** Puts {@code jdbc:} through the contract, against a real database. One server serves all tests; each has its own tables. */
final class SqlHarness extends ManualTimeHarness {
    private final SqlServer database;
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');
    private final SqlClient client;

    SqlHarness(SqlServer database) {
        this.database = database;
        this.client = TestDatabase.client(database);
    }

    @Override
    public String name() {
        return switch (database) {
            case MariaServer maria -> "jdbc: (MariaDB)";
            case MysqlServer mysql -> "jdbc: (MySQL)";
            case PostgresServer postgres -> "jdbc: (PostgreSQL)";
        };
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
        return SqlBroker.builder().at(database.url()).table(table);
    }

    @Override
    protected void restartServer() {
        database.stop();
        database.restart();
    }

    @Override
    protected void crashServer() {
        database.kill();
        database.restart();
    }

    @Override
    public Optional<ServerControl> server() {
        return Optional.of(new ServerControl(database::kill, database::restart));
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
