// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.nio.file.Path;
import java.util.List;

/**
 * A {@code mariadbd} on a free port of the loopback, with one database {@code jobs} and a user {@code root} without a
 * password. Runs as the user {@code mysql} where the tests run as root. Not thread-safe.
 */
public final class MariaServer implements SqlServer {
    private static final String USER = "mysql";

    private final Path folder = ServerProcess.folderFor(USER, "millrace-maria");
    private final Daemon daemon;

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
        this.daemon = new Daemon(
                folder,
                port -> ServerProcess.as(USER, command(port)),
                "mariadbd does not start; its log is in " + folder);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static MariaServer start() {
        return new MariaServer();
    }

    private List<String> command(int port) {
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
        return daemon.port();
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/jobs?user=root";
    }

    @Override
    public void kill() {
        daemon.kill();
    }

    @Override
    public void stop() {
        daemon.stop();
    }

    @Override
    public void restart() {
        daemon.restart();
    }

    @Override
    public void close() {
        kill();
        ServerProcess.delete(folder);
    }
}
