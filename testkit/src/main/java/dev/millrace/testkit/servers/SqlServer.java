// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.nio.file.Path;

/** A database server of a test's own. Not thread-safe. */
public abstract sealed class SqlServer implements AutoCloseable permits MariaServer, MysqlServer, PostgresServer {
    private final Daemon daemon;

    SqlServer(Daemon daemon) {
        this.daemon = daemon;
    }

    /**
     * Where its database is.
     *
     * @return a URL for JDBC, with a user that may do anything
     */
    public abstract String url();

    /**
     * Where it listens.
     *
     * @return a port of the loopback
     */
    public final int port() {
        return daemon.port();
    }

    /** Where its files are. */
    final Path folder() {
        return daemon.folder();
    }

    /** Ends it in good order, whoever is connected. */
    public void stop() {
        daemon.stop();
    }

    /** The same by a signal of its own. */
    final void stop(String signal) {
        daemon.stop(signal);
    }

    /** Ends it as {@code kill -9} does. */
    public final void kill() {
        daemon.kill();
    }

    /** Starts it anew on its port and its data, after {@link #kill} or {@link #stop}. */
    public final void restart() {
        daemon.restart();
    }

    @Override
    public final void close() {
        daemon.close();
    }
}
