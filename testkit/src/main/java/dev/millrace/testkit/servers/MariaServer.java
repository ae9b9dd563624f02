// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.nio.file.Path;
import java.util.List;

/**
 * A {@code mariadbd} on a free port of the loopback, with one database {@code jobs} and a user {@code root} without a
 * password. Runs as the user {@code mysql} where the tests run as root. Not thread-safe.
 */
public final class MariaServer extends SqlServer {
    private static final String USER = "mysql";

    private MariaServer(Daemon daemon) {
        super(daemon);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static MariaServer start() {
        Path folder = ServerProcess.folderFor(USER, "millrace-maria");
        ServerProcess.write(folder.resolve("init.sql"), "CREATE DATABASE IF NOT EXISTS jobs;\n");
        install(folder);
        return new MariaServer(new Daemon("mariadbd", folder, port -> ServerProcess.as(USER, command(folder, port))));
    }

    /** On a machine with much else to do the script was seen to fail and not to say why; it is not what is tested. */
    private static void install(Path folder) {
        List<String> command = ServerProcess.as(
                USER,
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + folder.resolve("data"),
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        if (!ServerProcess.succeeds(folder, command)) {
            ServerProcess.delete(folder.resolve("data"));
            ServerProcess.run(folder, command);
        }
    }

    private static List<String> command(Path folder, int port) {
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
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/jobs?user=root";
    }
}
