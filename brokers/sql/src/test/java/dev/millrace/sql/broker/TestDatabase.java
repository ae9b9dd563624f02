// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import org.jspecify.annotations.Nullable;

/** The databases of the tests, each started when it is first asked for, and ended with them. */
final class TestDatabase {
    private static @Nullable SqlServer maria;
    private static @Nullable SqlServer postgres;

    private TestDatabase() {}

    static synchronized SqlServer maria() {
        SqlServer running = maria;
        if (running == null) {
            running = ended(MariaServer.start());
            maria = running;
        }
        return running;
    }

    static synchronized SqlServer postgres() {
        SqlServer running = postgres;
        if (running == null) {
            running = ended(PostgresServer.start());
            postgres = running;
        }
        return running;
    }

    private static SqlServer ended(SqlServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
