// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The real disque-server, whose binary the environment variable DISQUE_SERVER names, as a process for each node. */
public record RealDisque(Path binary) implements ServerUnderTest {
    /** How to name one. */
    public static final String HOW = "set DISQUE_SERVER to the path of disque-server";

    /** Empty if there is none. */
    public static Optional<RealDisque> given() {
        return Optional.ofNullable(System.getenv("DISQUE_SERVER"))
                .filter(path -> !path.isBlank())
                .map(path -> new RealDisque(Path.of(path)));
    }

    @Override
    public RealNode start() {
        return start(List.of());
    }

    /** With options of the server, such as {@code --requirepass}. */
    public RealNode start(List<String> options) {
        return new RealNode(binary, options);
    }

    /** A node that can be taken away and brought back. */
    public static final class RealNode implements Node {
        private final Path folder;
        private final Daemon daemon;

        private RealNode(Path binary, List<String> options) {
            try {
                this.folder = Files.createTempDirectory("disque");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // A port whose cluster port would be too high makes it end at once, and another one is tried.
            this.daemon = new Daemon(binary.toString(), folder, port -> command(binary, port, options));
            awaitAnswers();
        }

        private List<String> command(Path binary, int port, List<String> options) {
            List<String> command = new ArrayList<>(List.of(
                    binary.toString(),
                    "--port",
                    "" + port,
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder.toString(),
                    "--cluster-config-file",
                    "nodes.conf",
                    "--cluster-node-timeout",
                    "1000"));
            command.addAll(options);
            return command;
        }

        @Override
        public NodeAddress address() {
            return new NodeAddress("127.0.0.1", daemon.port());
        }

        private void awaitAnswers() {
            WaitFor.until("Disque answers", this::answers);
        }

        private boolean answers() {
            try (DisqueClient client = DisqueClient.connect(address(), DisqueOptions.defaults())) {
                client.ping();
                return true;
            } catch (NoAuthException e) {
                return true;
            } catch (DisqueException e) {
                return false;
            }
        }

        public void kill() {
            daemon.kill();
        }

        public void stop() {
            daemon.stop();
        }

        public void restart() {
            daemon.restart();
            awaitAnswers();
        }

        @Override
        public void close() {
            daemon.close();
        }
    }
}
