// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.chaos.Chaos;
import dev.millrace.cli.chaos.ChaosPlan;
import dev.millrace.cli.chaos.ChaosReport;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.RabbitServer;
import dev.millrace.testkit.servers.RedisServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run on each broker, with its server killed and started again meanwhile: minutes of it. */
@Tag("long")
class ChaosBrokersIT {
    private static final Duration TIME = Duration.ofSeconds(12);
    private static final Duration KILL_EVERY = Duration.ofSeconds(2);
    private static final Duration RESTART_EVERY = Duration.ofSeconds(5);
    private static final long SEED = 8;

    @TempDir
    Path folder;

    private void survives(String url, ChaosPlan.Restart restart) throws Exception {
        ChaosPlan plan = new ChaosPlan(
                url,
                "chaos",
                folder.resolve("evidence"),
                TIME,
                new ChaosPlan.Crew(1, 2, 100),
                new ChaosPlan.Mischief(KILL_EVERY, RESTART_EVERY, restart, SEED));
        List<String> events = new ArrayList<>();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ChaosReport report =
                new Chaos(plan, events::add).run(Streams.of(InputStream.nullInputStream(), nowhere, nowhere));
        assertThat(report.isProof())
                .as(() -> report + "\n" + String.join("\n", events))
                .isTrue();
        assertThat(report.troubles().restarts()).isPositive();
        assertThat(report.troubles().workersKilled() + report.troubles().producersKilled())
                .isPositive();
    }

    @Test
    void redis() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            survives("redis://" + server.address(), () -> {
                server.kill();
                server.restart();
            });
        }
    }

    @Test
    void amqp() throws Exception {
        try (RabbitServer server = RabbitServer.start()) {
            survives("amqp://guest:guest@" + server.address(), () -> {
                server.kill();
                server.restart();
            });
        }
    }

    @Test
    void maria() throws Exception {
        try (MariaServer server = MariaServer.start()) {
            survives(server.url(), () -> {
                server.kill();
                server.restart();
            });
        }
    }

    @Test
    void postgres() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            survives(server.url(), () -> {
                server.kill();
                server.restart();
            });
        }
    }

    /** Our own server, in front of a folder, for a broker that speaks its words. */
    private void served(String scheme) throws Exception {
        List<Program> servers = new ArrayList<>();
        String jobs = "file:" + folder.resolve("jobs");
        servers.add(serve(jobs, "127.0.0.1:0"));
        String address = ServeIT.address(servers.getFirst());
        try {
            survives(scheme + "://" + address, () -> {
                servers.getLast().signal("KILL");
                servers.getLast().code();
                servers.add(serve(jobs, address));
            });
        } finally {
            servers.forEach(Program::close);
        }
    }

    private Program serve(String jobs, String address) throws Exception {
        Program server = Program.start(folder, "serve", "--listen", address, "--broker", jobs);
        server.awaitOut("ready on");
        return server;
    }

    @Test
    void disque() throws Exception {
        served("disque");
    }

    @Test
    void okq() throws Exception {
        served("okq");
    }
}
