// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database that is gone afterwards, also when the program is ended. As it is installed: every commit is synced. */
public final class ServedSql implements AutoCloseable {
    private final SqlServer server;
    private final Thread atExit;

    private ServedSql(SqlServer server) {
        this.server = server;
        this.atExit = new Thread(server::close);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** MariaDB. */
    public static ServedSql mariadb() {
        return new ServedSql(MariaServer.start());
    }

    /** PostgreSQL. */
    public static ServedSql postgres() {
        return new ServedSql(PostgresServer.start());
    }

    /** A URL for JDBC. */
    public String url() {
        return server.url();
    }

    /** Whether it is PostgreSQL. */
    public boolean isPostgres() {
        return server instanceof PostgresServer;
    }

    /** A connection by the driver alone. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url() + (isPostgres() ? "&reWriteBatchedInserts=true" : ""));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        server.close();
    }
}
