// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.MysqlServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/** Puts {@code jdbc:} through the contract, against a real database. One server serves all tests; each has its own tables. */
final class SqlHarness implements BrokerHarness {
    private final SqlServer database;
    private final ManualTime time = new ManualTime();
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');
    private final List<Broker> abandoned = new ArrayList<>();

    SqlHarness(SqlServer database) {
        this.database = database;
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
        return builder().clock(time).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    private SqlBrokerBuilder builder() {
        return SqlBroker.builder().at(database.url()).table(table);
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        database.stop();
        database.restart();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        abandoned.add(broker);
        database.kill();
        database.restart();
        return open();
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.empty();
    }

    /** What there is in the table. */
    @Override
    public Object trace(Broker broker) {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery(
                        "SELECT id, epoch, time_next, time_acked, attempts, leased FROM " + table + " ORDER BY id")) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) {
                for (int column = 1; column <= 6; column++) {
                    all.append(rows.getString(column)).append(column < 6 ? ' ' : '\n');
                }
            }
            return all.toString();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        abandoned.forEach(Broker::close);
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement dropping = connection.createStatement()) {
            for (String name : List.of(table, table + "_pause", table + "_meta")) {
                dropping.execute("DROP TABLE IF EXISTS " + name);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
