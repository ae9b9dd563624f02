// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

/** A database server of a test's own. Not thread-safe. */
public sealed interface SqlServer extends AutoCloseable permits MariaServer, MysqlServer, PostgresServer {
    /**
     * Where its database is.
     *
     * @return a URL for JDBC, with a user that may do anything
     */
    String url();

    /**
     * Where it listens.
     *
     * @return a port of the loopback
     */
    int port();

    /** Ends it in good order, whoever is connected. */
    void stop();

    /** Ends it as {@code kill -9} does. */
    void kill();

    /** Starts it anew on its port and its data, after {@link #kill} or {@link #stop}. */
    void restart();

    @Override
    void close();
}
