// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.clients;

import dev.millrace.benchmarks.served.Served;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client in a process of its own, with the libraries that it was published with. */
public final class Contestant implements AutoCloseable {
    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;
    private final String name;

    private Contestant(List<String> command, Served server, String deed) throws IOException {
        this(command, List.of(host(server), "" + address(server).getPort(), deed));
    }

    private Contestant(List<String> command, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        this.name = command.getLast();
        process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        to = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static InetSocketAddress address(Served server) {
        return (InetSocketAddress) server.address();
    }

    private static String host(Served server) {
        return address(server).getAddress().getHostAddress();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Our client. */
    public static Contestant ours(Served server, String deed) throws IOException {
        return new Contestant(
                List.of(java(), "-cp", System.getProperty("java.class.path"), OurDriver.class.getName()), server, deed);
    }

    /**
     * Another one.
     *
     * @param client the folder of its libraries
     * @param driver the source of what drives it
     */
    public static Contestant other(String client, String driver, Served server, String deed) throws IOException {
        Path libraries = Path.of(System.getProperty("millrace.benchmarks.clients", "clients"), client);
        Path source = Path.of(System.getProperty("millrace.benchmarks.drivers", "drivers"), driver);
        if (!Files.isDirectory(libraries) || !Files.exists(source)) {
            throw new IOException(libraries + " or " + source + " is not there; start with benchmarks/run");
        }
        String loop = System.getProperty("java.class.path").split(java.io.File.pathSeparator, 2)[0];
        return new Contestant(
                List.of(java(), "-cp", libraries + "/*" + java.io.File.pathSeparator + loop, source.toString()),
                server,
                deed);
    }

    /**
     * A program of the module benchmarks/peers.
     *
     * @param program the name of its main class
     */
    public static Contestant peer(String program, Served server, String deed) throws IOException {
        return new Contestant(peerCommand(program), server, deed);
    }

    /**
     * A program of the module benchmarks/peers that is told the URL of its server.
     *
     * @param program the name of its main class
     */
    public static Contestant peer(String program, String url) throws IOException {
        return new Contestant(peerCommand(program), List.of(url));
    }

    private static List<String> peerCommand(String program) throws IOException {
        String peers = System.getProperty("millrace.benchmarks.peers");
        if (peers == null) {
            throw new IOException("the peers are not there; start with benchmarks/run");
        }
        return List.of(java(), "-cp", peers, "dev.millrace.benchmarks.peers." + program);
    }

    /** What so many threads do in a second. */
    public double rate(int threads, Duration time) throws IOException {
        to.printf(Locale.ROOT, "%d %f%n", threads, time.toNanos() / 1e9);
        return answer();
    }

    /** What a peer does in a second when it has so many jobs. */
    public double rate(int jobs, int threads) throws IOException {
        to.printf(Locale.ROOT, "%d %d%n", jobs, threads);
        return answer();
    }

    private double answer() throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith("rate ")) {
                return Double.parseDouble(line.substring("rate ".length()));
            }
        }
        throw new IOException("contestant " + name + " ended; what it said is above");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
