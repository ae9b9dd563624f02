// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.server.MillraceServer;
import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.RabbitServer;
import dev.millrace.testkit.servers.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same program on each broker, switched by {@code MILLRACE_BROKER} alone, against real servers. */
@Tag("slow")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnyBrokerIT {
    private static final String[] JOBS = {
        "a job", "a job that fails once", "a job for later", "a job that is urgent", "a job that is good for a minute"
    };

    @TempDir
    Path folder;

    private List<String> run(String url) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Example6AnyBroker.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MILLRACE_BROKER", url);
        Process process = builder.start();
        try {
            List<String> lines = process.inputReader().lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What was left out is said, and everything else is done. */
    private static void without(List<String> lines, String... features) {
        Map<String, String> needs = Map.of("DELAY", JOBS[2], "PRIORITY", JOBS[3], "EXPIRY", JOBS[4]);
        List<String> jobs = new ArrayList<>(List.of(JOBS));
        List.of(features).forEach(feature -> jobs.remove(needs.get(feature)));
        assertThat(lines).filteredOn(line -> !line.startsWith("left out: ")).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("left out: "))
                .extracting(line -> line.split(" ", -1)[2])
                .containsExactlyInAnyOrder(features);
    }

    @Test
    void inMemoryAndOnDisk() throws Exception {
        assertThat(run("mem:")).containsExactlyInAnyOrder(JOBS);
        assertThat(run("file:./jobs")).containsExactlyInAnyOrder(JOBS);
    }

    @Test
    void onRedisWithoutPriorities() throws Exception {
        try (RedisServer server = RedisServer.start("--appendonly", "yes")) {
            without(run("redis://" + server.address()), "PRIORITY");
        }
    }

    @Test
    void onRabbitMqWithoutPriorities() throws Exception {
        try (RabbitServer server = RabbitServer.start()) {
            without(run("amqp://" + server.address()), "PRIORITY");
        }
    }

    @Test
    void onMariaDb() throws Exception {
        try (MariaServer server = MariaServer.start()) {
            assertThat(run(server.url())).containsExactlyInAnyOrder(JOBS);
        }
    }

    @Test
    void onPostgreSql() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            assertThat(run(server.url())).containsExactlyInAnyOrder(JOBS);
        }
    }

    /** Our own server, in front of jobs in its memory. */
    private List<String> served(String scheme) throws Exception {
        try (Broker jobs = Brokers.open("mem:");
                MillraceServer server =
                        MillraceServer.on(jobs).listen("127.0.0.1", 0).start()) {
            return run(scheme + "://127.0.0.1:" + server.address().orElseThrow().getPort());
        }
    }

    @Test
    void onDisqueWithoutPriorities() throws Exception {
        without(served("disque"), "PRIORITY");
    }

    @Test
    void onOkqWithoutAnythingThatWaits() throws Exception {
        without(served("okq"), "DELAY", "PRIORITY", "EXPIRY", "DELAYED_RETRY");
    }
}
