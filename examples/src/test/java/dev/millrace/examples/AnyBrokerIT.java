// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.RabbitServer;
import dev.millrace.testkit.servers.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same program on each broker, switched by {@code MILLRACE_BROKER} alone, against real servers. */
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

    @Test
    void inMemoryAndOnDisk() throws Exception {
        assertThat(run("mem:")).containsExactlyInAnyOrder(JOBS);
        assertThat(run("file:./jobs")).containsExactlyInAnyOrder(JOBS);
    }

    @Test
    void onRedisWithoutPriorities() throws Exception {
        try (RedisServer server = RedisServer.start("--appendonly", "yes")) {
            List<String> lines = run("redis://" + server.address());
            assertThat(lines).contains("a job", "a job that fails once", "a job for later");
            assertThat(lines).anyMatch(line -> line.startsWith("left out: PRIORITY, "));
        }
    }

    @Test
    void onRabbitMqWithoutPriorities() throws Exception {
        try (RabbitServer server = RabbitServer.start()) {
            List<String> lines = run("amqp://" + server.address());
            assertThat(lines).contains("a job", "a job that fails once", "a job for later");
            assertThat(lines).anyMatch(line -> line.startsWith("left out: PRIORITY, "));
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
}
