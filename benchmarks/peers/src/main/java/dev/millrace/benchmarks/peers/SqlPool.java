// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What the peers on SQL share: a pool, as their documentation asks for, and a way to make tables. */
final class SqlPool {
    private SqlPool() {}

    static HikariDataSource open(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    static boolean isPostgres(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    static void execute(DataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement executing = connection.createStatement()) {
            for (String statement : statements) {
                executing.execute(statement);
            }
        }
    }
}
