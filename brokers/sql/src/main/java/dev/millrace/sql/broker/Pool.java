// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.millrace.broker.BrokerException;
import dev.millrace.sql.database.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/*
 * A transaction of a handler holds a connection as long as the handler runs. If the pool had no more than those, nobody could
 * receive, acknowledge or renew a lease meanwhile; so a pool of our own grows by as many, and one that cannot grow is refused.
 */
/** The connections of a broker: its user's pool, which is not closed, or one of its own. Thread-safe. */
final class Pool {
    /** What a broker needs for itself if it is not said. */
    static final int OWN = 10;

    /** The fewest with which receiving and settling do not wait for each other. */
    static final int FEWEST = 2;

    private static final Logger LOG = System.getLogger(Pool.class.getName());
    private static final long CONNECT_MILLIS = 10_000;

    /**
     * What the drivers should do if they are told nothing else. Rows of a batch go together; and a network that swallows
     * everything is noticed.
     */
    private static final Map<String, Map<String, String>> DRIVERS = Map.of(
            "jdbc:postgresql:",
            Map.of(
                    "reWriteBatchedInserts", "true",
                    "tcpKeepAlive", "true",
                    "connectTimeout", "10",
                    "socketTimeout", "30"),
            "jdbc:mysql:",
            Map.of(
                    "rewriteBatchedStatements", "true",
                    "connectTimeout", "10000",
                    "socketTimeout", "30000"),
            "jdbc:mariadb:",
            Map.of("connectTimeout", "10000", "socketTimeout", "30000"));

    private final DataSource source;
    private final @Nullable HikariDataSource own;
    private final String name;
    private final boolean grows;
    private final ReentrantLock growing = new ReentrantLock();

    private Pool(DataSource source, @Nullable HikariDataSource own, String name, boolean grows) {
        this.source = source;
        this.own = own;
        this.name = name;
        this.grows = grows;
    }

    /** The pool of a user, or what looks like one. */
    static Pool given(DataSource source, String name) {
        return new Pool(source, null, name, false);
    }

    /** A pool of so many connections at most; if nothing is said, of as many as are needed. */
    static Pool open(String url, String name, Properties ofUser, @Nullable Integer connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties(url, ofUser));
        return open(config, name, connections);
    }

    /** The same over connections that are opened so; a source that can be closed is closed with the pool. */
    static Pool over(DataSource unpooled, String name, @Nullable Integer connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(unpooled);
        try {
            return open(config, name, connections);
        } catch (RuntimeException e) {
            close(unpooled);
            throw e;
        }
    }

    private static Pool open(HikariConfig config, String name, @Nullable Integer connections) {
        config.setPoolName("millrace-sql");
        config.setMaximumPoolSize(connections == null ? OWN : connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        try {
            HikariDataSource pool = new HikariDataSource(config);
            return new Pool(pool, pool, name, connections == null);
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = "no connection to " + name + ": " + cause.getMessage();
            throw cause instanceof SQLNonTransientException && !(cause instanceof SQLNonTransientConnectionException)
                    ? BrokerException.lasting(message, e)
                    : BrokerException.passing(message, e);
        } catch (RuntimeException e) {
            throw BrokerException.lasting("no connection to " + name + ": " + e.getMessage(), e);
        }
    }

    private static Properties properties(String url, Properties ofUser) {
        Properties all = new Properties();
        DRIVERS.forEach((driver, defaults) -> {
            if (url.startsWith(driver)) {
                defaults.forEach((option, value) -> {
                    if (!url.contains(option + "=")) {
                        all.setProperty(option, value);
                    }
                });
            }
        });
        all.putAll(ofUser);
        return all;
    }

    Database database() {
        return new Database(source, own != null);
    }

    /** So many connections will be held by transactions of handlers. */
    void prepareFor(int transactions) {
        growing.lock();
        try {
            if (own != null && grows) {
                own.setMaximumPoolSize(Math.max(own.getMaximumPoolSize(), transactions + OWN));
            } else if (source instanceof HikariDataSource known && known.getMaximumPoolSize() < transactions + FEWEST) {
                throw new IllegalArgumentException(
                        "up to " + transactions + " handlers hold a connection each, and the pool of " + name + " has "
                                + known.getMaximumPoolSize() + "; give it " + (transactions + FEWEST)
                                + " or more, or the worker a smaller concurrency");
            }
        } finally {
            growing.unlock();
        }
    }

    /** Whether one connection can be kept for good, and enough are left; of a pool that is not known, that is believed. */
    boolean canSpareOne() {
        return !(source instanceof HikariDataSource known) || known.getMaximumPoolSize() > FEWEST;
    }

    void close() {
        if (own != null) {
            own.close();
            close(own.getDataSource());
        }
    }

    private static void close(@Nullable DataSource unpooled) {
        if (unpooled instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "a source of connections could not be closed", e);
            }
        }
    }
}
