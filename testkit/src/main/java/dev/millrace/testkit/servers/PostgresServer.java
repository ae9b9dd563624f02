// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@code postgres} on a free port of the loopback, with a database {@code postgres} and a user {@code millrace} without a
 * password. Runs as the user {@code postgres} where the tests run as root. Not thread-safe.
 */
public final class PostgresServer extends SqlServer {
    private static final String USER = "postgres";

    private PostgresServer(Daemon daemon) {
        super(daemon);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static PostgresServer start() {
        Path folder = ServerProcess.folderFor(USER, "millrace-postgres");
        Path programs = programs();
        ServerProcess.run(
                folder,
                ServerProcess.as(
                        USER,
                        List.of(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + folder.resolve("data"),
                                "--auth=trust",
                                "--username=millrace",
                                "--encoding=UTF8",
                                "--locale=C.UTF-8",
                                "--no-sync")));
        return new PostgresServer(new Daemon(
                "postgres",
                folder,
                port -> ServerProcess.as(USER, command(programs, folder, port)),
                port -> isReady(programs, folder, port)));
    }

    /** Debian keeps each version in a folder of its own, apart from the path. */
    private static Path programs() {
        Path versions = Path.of("/usr/lib/postgresql");
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("no PostgreSQL is in " + versions));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no PostgreSQL is in " + versions + "; ./verify installs what tests need", e);
        }
    }

    private static List<String> command(Path programs, Path folder, int port) {
        return List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                "" + port,
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "max_connections=300");
    }

    private static boolean isReady(Path programs, Path folder, int port) {
        return ServerProcess.listens(port)
                && ServerProcess.succeeds(
                        folder,
                        List.of(programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port));
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?user=millrace";
    }

    @Override
    public void stop() {
        stop("-INT");
    }
}
