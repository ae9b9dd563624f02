// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import dev.millrace.benchmarks.measure.Folder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server as a process of its own on a free port, with a folder that is gone afterwards. */
public final class Served implements AutoCloseable {
    /** Names the file with the options that ./millrace gives to the JVM of a server. */
    private static final String OPTIONS_PROPERTY = "millrace.benchmarks.serve";

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final List<Process> helpers;
    private final SocketAddress address;
    private final Folder folder;
    private final long startNanos;

    private Served(List<String> command, int port, Folder folder) throws IOException {
        this(command, port, folder, List.of());
    }

    private Served(List<String> command, int port, Folder folder, List<Process> helpers) throws IOException {
        this.folder = folder;
        this.helpers = helpers;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        long began = System.nanoTime();
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("output").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        this.startNanos = awaitPing(process, address, folder.path().resolve("output")) - began;
    }

    /** How safe a server keeps what it accepted. */
    public enum Safety {
        /** In memory only. */
        MEMORY,
        /** Synced once a second. */
        EVERYSEC,
        /** Synced before the reply. */
        ALWAYS
    }

    /** Our server, in a JVM with the options that ./millrace gives it and these flags. */
    public static Served millrace(Folder folder, Safety safety, List<String> flags) throws IOException {
        int port = freePort();
        String url = safety == Safety.MEMORY
                ? "mem:"
                : "file:" + folder.path().resolve("jobs") + "?sync="
                        + safety.name().toLowerCase(java.util.Locale.ROOT);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + System.getProperty(OPTIONS_PROPERTY));
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.millrace.cli.Main", "serve", "--listen", "127.0.0.1:" + port, "--broker", url));
        command.addAll(List.of("--maxmemory", "16gb", "--maxclients", "20000"));
        return new Served(command, port, folder);
    }

    /** The real server, from its binary. */
    public static Served disque(Folder folder, Safety safety, Path binary) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--port", "" + port));
        command.addAll(List.of("--dir", folder.path().toString(), "--maxmemory", "16gb", "--maxclients", "15000"));
        if (safety != Safety.MEMORY) {
            command.addAll(List.of("--appendonly", "yes", "--appendfsync"));
            command.add(safety.name().toLowerCase(java.util.Locale.ROOT));
        }
        return new Served(command, port, folder);
    }

    /** A redis-server that keeps all in memory. */
    public static Served redis(Folder folder) throws IOException {
        int port = freePort();
        return new Served(redisCommand(port), port, folder);
    }

    private static List<String> redisCommand(int port) {
        return List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
    }

    /** A real okq, from its binary, on a redis-server of its own that keeps everything in memory. */
    public static Served okq(Folder folder, Path binary) throws IOException {
        int redisPort = freePort();
        Process redis = new ProcessBuilder(redisCommand(redisPort))
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("redis").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(redis::destroyForcibly));
        awaitPing(
                redis,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), redisPort),
                folder.path().resolve("redis"));
        int port = freePort();
        List<String> command = List.of(
                binary.toString(), "--listen-addr", "127.0.0.1:" + port, "--redis-addr", "127.0.0.1:" + redisPort);
        return new Served(command, port, folder, List.of(redis));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long awaitPing(Process server, SocketAddress address, Path output) throws IOException {
        long until = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < until && server.isAlive()) {
            try (Wire wire = new Wire(address)) {
                wire.call("PING");
                return System.nanoTime();
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        server.destroyForcibly();
        throw new IOException("the server did not answer: " + Files.readString(output));
    }

    /** Where it listens. */
    public SocketAddress address() {
        return address;
    }

    /** From the start of the process to its first answer, in nanoseconds. */
    public long startNanos() {
        return startNanos;
    }

    /** Its resident memory in bytes; Linux only. */
    public long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", "" + process.pid(), "status"))) {
            String line = lines.filter(candidate -> candidate.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no VmRSS of process " + process.pid()));
            return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
    }

    /** Throws all jobs away. */
    public void flush() throws IOException {
        try (Wire wire = new Wire(address)) {
            wire.call("DEBUG", "FLUSHALL");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        helpers.forEach(Process::destroyForcibly);
        folder.close();
    }
}
