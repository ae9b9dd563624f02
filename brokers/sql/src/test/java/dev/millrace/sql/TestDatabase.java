// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.MysqlServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases of the tests, each started when it is first asked for, and ended with them. */
public final class TestDatabase {
    private static @Nullable SqlServer maria;
    private static @Nullable SqlServer mysql;
    private static @Nullable SqlServer postgres;

    private TestDatabase() {}

    public static synchronized SqlServer maria() {
        SqlServer running = maria;
        if (running == null) {
            running = ended(MariaServer.start());
            maria = running;
        }
        return running;
    }

    public static synchronized SqlServer mysql() {
        SqlServer running = mysql;
        if (running == null) {
            running = ended(MysqlServer.start());
            mysql = running;
        }
        return running;
    }

    public static synchronized SqlServer postgres() {
        SqlServer running = postgres;
        if (running == null) {
            running = ended(PostgresServer.start());
            postgres = running;
        }
        return running;
    }

    /** Connections as the driver makes them, without a pool. */
    public static DataSource source(SqlServer server) {
        try {
            return switch (server) {
                case MariaServer maria -> new MariaDbDataSource(maria.url());
                case MysqlServer mysql -> {
                    MysqlDataSource source = new MysqlDataSource();
                    source.setUrl(mysql.url());
                    yield source;
                }
                case PostgresServer postgres -> {
                    PGSimpleDataSource source = new PGSimpleDataSource();
                    source.setUrl(postgres.url());
                    yield source;
                }
            };
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody who uses it beside the broker. */
    public static SqlClient client(SqlServer server) {
        return new SqlClient(source(server));
    }

    private static SqlServer ended(SqlServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
