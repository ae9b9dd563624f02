// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import dev.millrace.benchmarks.measure.Folder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/*
 * The folder is under that for temporary files, because the servers run as users of their own, who may not enter everybody's.
 */
/** A database on a free port, with a folder that is gone afterwards. As it is installed: every commit is synced. */
public final class ServedSql implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Folder folder;
    private final Process process;
    private final String url;

    private ServedSql(Folder folder, List<String> command, String url) throws IOException, InterruptedException {
        this.folder = folder;
        this.url = url;
        this.process = begin(folder, command);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        awaitAnswer();
    }

    /** MariaDB. */
    public static ServedSql mariadb() throws IOException, InterruptedException {
        Folder folder = folderOf("mysql");
        Path path = folder.path();
        int port = freePort();
        run(
                folder,
                as(
                        "mysql",
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + path.resolve("data"),
                        "--auth-root-authentication-method=normal"));
        return new ServedSql(
                folder,
                as(
                        "mysql",
                        "mariadbd",
                        "--no-defaults",
                        "--datadir=" + path.resolve("data"),
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--skip-name-resolve",
                        "--socket=" + path.resolve("s"),
                        "--pid-file=" + path.resolve("pid"),
                        "--max-connections=300"),
                "jdbc:mariadb://127.0.0.1:" + port + "/test?user=root");
    }

    /** PostgreSQL. */
    public static ServedSql postgres() throws IOException, InterruptedException {
        Folder folder = folderOf("postgres");
        Path data = folder.path().resolve("data");
        int port = freePort();
        Path programs = programs();
        run(
                folder,
                as(
                        "postgres",
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--auth=trust",
                        "--username=millrace",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8"));
        return new ServedSql(
                folder,
                as(
                        "postgres",
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        "" + port,
                        "-k",
                        folder.path().toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_connections=300"),
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=millrace");
    }

    private static Path programs() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/postgresql"))) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("no PostgreSQL is installed"));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Folder folderOf(String user) throws IOException {
        Folder folder = Folder.in(Path.of(System.getProperty("java.io.tmpdir")), "millrace-bench-" + user);
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwx--x--x"));
        if (isRoot()) {
            Files.setOwner(
                    folder.path(),
                    folder.path()
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(user));
        }
        return folder;
    }

    private static List<String> as(String user, String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process begin(Folder folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.path().resolve("log").toFile()))
                .start();
    }

    private static void run(Folder folder, List<String> command) throws IOException, InterruptedException {
        if (begin(folder, command).waitFor() != 0) {
            throw new IOException(
                    command + " failed: " + Files.readString(folder.path().resolve("log")));
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long until = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < until && process.isAlive()) {
            try (Connection connection = connection()) {
                return;
            } catch (SQLException notYet) {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        end();
        throw new IOException(
                "the database did not answer: " + Files.readString(folder.path().resolve("log")));
    }

    /** A URL for JDBC. */
    public String url() {
        return url;
    }

    /** Whether it is PostgreSQL. */
    public boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** A connection by the driver alone. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url + (isPostgres() ? "&reWriteBatchedInserts=true" : ""));
    }

    private void end() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
