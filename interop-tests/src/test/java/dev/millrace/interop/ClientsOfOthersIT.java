// SPDX-License-Identifier: Apache-2.0
package dev.millrace.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.server.MillraceServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with Disque's clients, as they were published for the real server, drive ours. Each is a process of its own, so
 * that it has the libraries that it came with. The same drivers pass against the real server.
 */
@Tag("slow")
class ClientsOfOthersIT {
    private static final Path MODULE = Path.of(System.getProperty("millrace.root"), "interop-tests");
    private static final Path DRIVERS = MODULE.resolve("src/test/drivers");
    private static final Path CLIENTS = MODULE.resolve("target/clients");
    private static final long MINUTES = 2;

    @TempDir
    Path folder;

    private Broker broker;
    private MillraceServer server;

    @BeforeEach
    void serve() throws IOException {
        broker = Brokers.open("file:" + folder.resolve("jobs"));
        server = MillraceServer.on(broker).listen("127.0.0.1", 0).start();
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    @Test
    void jedisqueIsAtHome() throws Exception {
        drive(java("jedisque", "JedisqueDriver.java"));
    }

    @Test
    void spinachIsAtHome() throws Exception {
        drive(java("spinach", "SpinachDriver.java"));
    }

    @Test
    void disqueueNodeIsAtHome() throws Exception {
        drive(node("disqueue-node.js"));
    }

    @Test
    void thunkDisqueIsAtHome() throws Exception {
        drive(node("thunk-disque.js"));
    }

    private static List<String> java(String client, String driver) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                CLIENTS.resolve(client) + "/*",
                DRIVERS.resolve(driver).toString()));
    }

    /** Installs the clients from their lock file, if they are not there. */
    private List<String> node(String driver) throws Exception {
        Path home = CLIENTS.resolve("node");
        Files.createDirectories(home);
        for (String file : List.of("package.json", "package-lock.json", driver)) {
            Files.write(home.resolve(file), Files.readAllBytes(DRIVERS.resolve(file)));
        }
        if (!Files.exists(home.resolve("node_modules/.package-lock.json"))) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), home);
        }
        return new ArrayList<>(List.of("node", home.resolve(driver).toString()));
    }

    private void drive(List<String> command) throws Exception {
        InetSocketAddress address = server.address().orElseThrow();
        command.add(address.getHostString());
        command.add("" + address.getPort());
        assertThat(run(command, folder).lines().toList()).contains("ok");
    }

    private String run(List<String> command, Path where) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(output);
        assertThat(ended && process.exitValue() == 0)
                .as(String.join(" ", command) + " said: " + said)
                .isTrue();
        return said;
    }
}
