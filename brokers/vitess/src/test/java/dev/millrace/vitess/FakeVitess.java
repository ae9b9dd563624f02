// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.servers.MariaServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/** A vtgate of a test's own, on one MariaDB for all of them, which is started when it is first asked for and ended with them. */
public final class FakeVitess implements VitessSite {
    private static @Nullable MariaServer server;
    private static @Nullable DataSource pool;
    private static @Nullable FakeVitess shared;

    final FakeVtgate vtgate = new FakeVtgate(database(), plain("&useAffectedRows=true"), plain(""));

    /** That which all of them are on. */
    public static synchronized MariaServer server() {
        MariaServer known = server;
        if (known == null) {
            MariaServer started = MariaServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            server = started;
            return started;
        }
        return known;
    }

    /** One for all tests that need none of their own; nobody closes it. */
    public static synchronized FakeVitess shared() {
        FakeVitess known = shared;
        if (known == null) {
            known = new FakeVitess();
            shared = known;
        }
        return known;
    }

    private static DataSource plain(String option) {
        try {
            return new MariaDbDataSource(server().url() + option);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static synchronized DataSource database() {
        DataSource known = pool;
        if (known != null) {
            return known;
        }
        try {
            // Vitess answers how many rows changed.
            known = new MariaDbPoolDataSource(server().url() + "&useAffectedRows=true&maxPoolSize=30");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        pool = known;
        return known;
    }

    /** Ends its vtgate as a kill does, and starts another on its port; the tablet stays. */
    public void restartVtgate() {
        vtgate.kill();
        vtgate.start();
    }

    /** How many transactions are open in the tablet. */
    public int openTransactions() {
        return vtgate.transactions().count();
    }

    /** How long transactions may be open that begin from now on. */
    public void limitTransactions(Duration length) {
        vtgate.transactions().limit(length);
    }

    /** All transactions that are open are rolled back and forgotten. */
    public void killTransactions() {
        vtgate.transactions().killAll();
    }

    public int port() {
        return vtgate.port();
    }

    @Override
    public String url() {
        return "vitess://127.0.0.1:" + vtgate.port() + "/jobs";
    }

    /** Without a pool, which would lend what a kill of the database broke. */
    @Override
    public DataSource jdbc() {
        return plain("&useAffectedRows=true");
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
    public void restart() {
        server().stop();
        server().restart();
        restartVtgate();
    }

    @Override
    public void crash() {
        server().kill();
        server().restart();
        restartVtgate();
    }

    @Override
    public Optional<ServerControl> control() {
        return Optional.of(new ServerControl(vtgate::kill, vtgate::start));
    }

    @Override
    public void close() {
        vtgate.close();
    }
}
