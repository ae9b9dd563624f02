// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.testkit.servers.MariaServer;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/** A vtgate of a test's own, on one MariaDB for all of them, which is started when it is first asked for and ended with them. */
final class FakeVitess implements VitessSite {
    private static @Nullable DataSource pool;

    final FakeVtgate vtgate = new FakeVtgate(database());

    private static synchronized DataSource database() {
        DataSource known = pool;
        if (known != null) {
            return known;
        }
        MariaServer started = MariaServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        try {
            // Vitess answers how many rows changed.
            known = new MariaDbPoolDataSource(started.url() + "&useAffectedRows=true&maxPoolSize=30");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        pool = known;
        return known;
    }

    @Override
    public String url() {
        return "vitess://127.0.0.1:" + vtgate.port() + "/jobs";
    }

    @Override
    public DataSource jdbc() {
        return database();
    }

    @Override
    public void made(String table) {
        // It is asked for whenever somebody streams.
    }

    @Override
    public void dropped(String table) {
        vtgate.forget(table);
    }

    @Override
    public int subscribers(String table) {
        return vtgate.subscribers(table);
    }

    @Override
    public void close() {
        vtgate.close();
    }
}
