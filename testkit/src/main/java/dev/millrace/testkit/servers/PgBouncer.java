// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A {@code pgbouncer} on a free port of the loopback before a {@link PostgresServer}, which lends its connections for one
 * transaction each. Not thread-safe.
 */
public final class PgBouncer implements AutoCloseable {
    private static final String USER = "postgres";

    private final Path folder = ServerProcess.folderFor(USER, "millrace-pgbouncer");
    private final int port = ServerProcess.freePort();
    private final Process process;

    /**
     * Starts one and waits until it answers.
     *
     * @param server behind it
     */
    public PgBouncer(PostgresServer server) {
        Path settings = folder.resolve("settings");
        ServerProcess.write(settings, String.format(Locale.ROOT, """
                [databases]
                postgres = host=127.0.0.1 port=%d user=millrace
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 20
                ignore_startup_parameters = extra_float_digits
                """, server.port(), port));
        process = ServerProcess.start(folder, ServerProcess.as(USER, List.of("pgbouncer", settings.toString())));
        WaitFor.until("pgbouncer answers", () -> ServerProcess.listens(port));
    }

    /**
     * Where the database is.
     *
     * @return a URL for JDBC, for a driver that keeps no statements on the server
     */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=millrace&prepareThreshold=0";
    }

    @Override
    public void close() {
        ServerProcess.kill(process);
        ServerProcess.delete(folder);
    }
}
