// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The real disque-server, as a process for each node. */
record RealDisque(Path binary) implements ServerUnderTest {
    private static final int ATTEMPTS = 5;
    /** The cluster's own port lies so far above, and must exist. */
    private static final int BUS = 10_000;

    private static final int LAST_PORT = 65_535;

    @Override
    public Node start() {
        return start(List.of());
    }

    /** With options of the server, such as {@code --requirepass}. */
    Node start(List<String> options) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RealNode node = launch(options);
            if (WaitFor.within(WaitFor.DEADLINE, () -> node.answers() || !node.process.isAlive()) && node.answers()) {
                return node;
            }
            node.close();
        }
        throw new AssertionError(binary + " does not start");
    }

    private RealNode launch(List<String> options) {
        try {
            Path folder = Files.createTempDirectory("disque");
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    binary.toString(),
                    "--port",
                    String.valueOf(port),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder.toString(),
                    "--cluster-config-file",
                    "nodes.conf",
                    "--cluster-node-timeout",
                    "1000",
                    "--logfile",
                    folder.resolve("log").toString()));
            command.addAll(options);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new RealNode(new NodeAddress("127.0.0.1", port), folder, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() + BUS <= LAST_PORT) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private record RealNode(NodeAddress address, Path folder, Process process) implements Node {
        boolean answers() {
            try (DisqueClient client = DisqueClient.connect(address, DisqueOptions.defaults())) {
                client.ping();
                return true;
            } catch (NoAuthException e) {
                return true;
            } catch (DisqueException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            WaitFor.until("the server is gone", () -> !process.isAlive());
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> {
                    if (!file.toFile().delete()) {
                        throw new AssertionError("cannot delete " + file);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
