// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code postgres} on a free port of the loopback, with a database {@code postgres} and a user {@code millrace} without a
 * password. Runs as the user {@code postgres} where the tests run as root. Not thread-safe.
 */
public final class PostgresServer implements SqlServer {
    private static final int ATTEMPTS = 5;
    /** What was not written when it was killed is read again, which takes its time on a busy machine. */
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);

    private static final String USER = "postgres";

    private final Path folder = ServerProcess.folderFor(USER, "millrace-postgres");
    private final Path programs = programs();
    private int port = ServerProcess.freePort();
    private Process process;

    private PostgresServer() {
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
        this.process = begin();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static PostgresServer start() {
        return new PostgresServer();
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

    private Process begin() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = tried();
            if (started != null) {
                return started;
            }
            port = ServerProcess.freePort();
        }
        throw new IllegalStateException("postgres does not start; its log is in " + folder);
    }

    /** A server that is ready, or null if it ended or was not ready in time. */
    private @Nullable Process tried() {
        Process started = ServerProcess.start(folder, ServerProcess.as(USER, command()));
        if (WaitFor.within(LONGEST_RECOVERY, () -> isReady() || !started.isAlive()) && started.isAlive()) {
            return started;
        }
        ServerProcess.killAll(started);
        return null;
    }

    /** Where its files are. */
    Path folder() {
        return folder;
    }

    private List<String> command() {
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

    private boolean isReady() {
        return ServerProcess.listens(port)
                && ServerProcess.succeeds(
                        folder,
                        List.of(programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=millrace";
    }

    @Override
    public void kill() {
        ServerProcess.killAll(process);
    }

    @Override
    public void stop() {
        ServerProcess.signal(process, "-INT");
        WaitFor.until("PostgreSQL has stopped", () -> !process.isAlive());
    }

    /** On its port: somebody else who has that, such as a client's own end, may leave it in a moment. */
    @Override
    public void restart() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = tried();
            if (started != null) {
                process = started;
                return;
            }
        }
        throw new IllegalStateException("postgres does not start again on port " + port + "; its log is in " + folder);
    }

    @Override
    public void close() {
        kill();
        ServerProcess.delete(folder);
    }
}
