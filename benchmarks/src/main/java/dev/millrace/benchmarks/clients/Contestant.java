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
import java.util.stream.Stream;

/** A client in a process of its own, with the libraries that it was published with. */
public final class Contestant implements AutoCloseable {
    private static final String PEERS_PROPERTY = "millrace.benchmarks.peers";
    private static final String PEERS = "dev.millrace.benchmarks.peers.";

    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;
    private final String name;

    private Contestant(List<String> command, Served server, String deed) throws IOException {
        this(command, arguments(server, deed));
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

    private static List<String> arguments(Served server, String deed) {
        InetSocketAddress address = (InetSocketAddress) server.address();
        return List.of(address.getAddress().getHostAddress(), "" + address.getPort(), deed);
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
     * @param arguments where its server is, and what it is to do
     */
    public static Contestant peer(String program, List<String> arguments) throws IOException {
        String peers = System.getProperty(PEERS_PROPERTY);
        if (peers == null) {
            throw new IOException("the peers are not there; start with benchmarks/run");
        }
        return new Contestant(List.of(java(), "-cp", peers, PEERS + program), arguments);
    }

    /** Millrace on a broker, measured by what measures its peers, with none of their libraries. */
    public static Contestant millrace(String url) throws IOException {
        String jar = System.getProperty(PEERS_PROPERTY, "").split(java.io.File.pathSeparator, 2)[0];
        String path = jar + java.io.File.pathSeparator + System.getProperty("java.class.path");
        List<String> command =
                List.of(java(), "--enable-native-access=ALL-UNNAMED", "-cp", path, PEERS + "MillraceJobs");
        return new Contestant(command, List.of(url));
    }

    /** A program that answers as those of benchmarks/peers do, whatever it is written in. */
    public static Contestant program(List<String> command, List<String> arguments) throws IOException {
        return new Contestant(command, arguments);
    }

    /** What so many threads do in a second. */
    public double rate(int threads, Duration time) throws IOException {
        to.printf(Locale.ROOT, "%d %f%n", threads, time.toNanos() / 1e9);
        return answer();
    }

    /** What a peer does in a second when it has so many jobs; {@code deed} is single, bulk or work. */
    public double rate(String deed, int jobs, int threads) throws IOException {
        return turn(deed, jobs, threads).get(0);
    }

    /** The numbers with which a peer answers; class Turns of benchmarks/peers says which. */
    public List<Double> turn(String deed, int jobs, int threads) throws IOException {
        to.printf(Locale.ROOT, "%s %d %d%n", deed, jobs, threads);
        return numbers();
    }

    private double answer() throws IOException {
        return numbers().get(0);
    }

    private List<Double> numbers() throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith("rate ") || line.startsWith("latency ")) {
                return Stream.of(line.split(" ", -1))
                        .skip(1)
                        .map(Double::parseDouble)
                        .toList();
            }
        }
        throw new IOException("contestant " + name + " ended; what it said is above");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
