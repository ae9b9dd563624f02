// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@code mariadbd} on a free port of the loopback, with one database {@code jobs} and a user {@code root} without a
 * password. Runs as the user {@code mysql} where the tests run as root. Not thread-safe.
 */
public final class MariaServer implements SqlServer {
    private static final int ATTEMPTS = 5;
    private static final String USER = "mysql";

    private final Path folder = ServerProcess.folderFor(USER, "millrace-maria");
    private int port = ServerProcess.freePort();
    private Process process;

    private MariaServer() {
        ServerProcess.write(folder.resolve("init.sql"), "CREATE DATABASE IF NOT EXISTS jobs;\n");
        ServerProcess.run(
                folder,
                ServerProcess.as(
                        USER,
                        List.of(
                                "mariadb-install-db",
                                "--no-defaults",
                                "--datadir=" + folder.resolve("data"),
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db")));
        this.process = begin();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static MariaServer start() {
        return new MariaServer();
    }

    private Process begin() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = ServerProcess.start(folder, ServerProcess.as(USER, command()));
            if (WaitFor.within(WaitFor.DEADLINE, () -> ServerProcess.listens(port) || !started.isAlive())
                    && started.isAlive()) {
                return started;
            }
            ServerProcess.kill(started);
            port = ServerProcess.freePort();
        }
        throw new IllegalStateException("mariadbd does not start; its log is in " + folder);
    }

    private List<String> command() {
        return List.of(
                "mariadbd",
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--max-connections=500",
                "--character-set-server=utf8mb4",
                "--init-file=" + folder.resolve("init.sql"));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/jobs?user=root";
    }

    @Override
    public void kill() {
        ServerProcess.kill(process);
    }

    @Override
    public void stop() {
        process.destroy();
        WaitFor.until("MariaDB has stopped", () -> !process.isAlive());
    }

    @Override
    public void restart() {
        int before = port;
        process = begin();
        if (port != before) {
            throw new IllegalStateException("port " + before + " of a server was taken by somebody else");
        }
    }

    @Override
    public void close() {
        kill();
        ServerProcess.delete(folder);
    }
}
