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
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/*
 * Chaos on each broker that has a server, which is killed and started again meanwhile; for how long, its subclasses say. A run spends
 * most of its time waiting, so some of them run at once: junit-platform.properties says how many.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class ChaosOnBrokers {
    private static final long SEED = 8;
    private static final Duration QUICK = Duration.ofSeconds(1);
    /** RabbitMQ is an Erlang machine first. */
    private static final Duration SLOW = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    /** Who sends and works, what is done to them, and how often. */
    record Pace(Duration time, ChaosPlan.Crew crew, Duration killEvery, Duration restartEvery) {}

    /** How a run goes on a broker whose server takes so long to come back. */
    abstract Pace pace(Duration restart);

    private void survives(String url, ChaosPlan.Restart restart) throws Exception {
        survives(url, QUICK, restart);
    }

    private void survives(String url, Duration back, ChaosPlan.Restart restart) throws Exception {
        Pace pace = pace(back);
        ChaosPlan plan = new ChaosPlan(
                url,
                "chaos",
                folder.resolve("evidence"),
                pace.time(),
                pace.crew(),
                new ChaosPlan.Mischief(pace.killEvery(), pace.restartEvery(), restart, SEED));
        List<String> events = new ArrayList<>();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ChaosReport report =
                new Chaos(plan, events::add).run(Streams.of(InputStream.nullInputStream(), nowhere, nowhere));
        assertThat(report.isProof())
                .as(() -> report + "\n" + String.join("\n", events))
                .isTrue();
        assertThat(report.troubles().restarts()).isPositive();
        assertThat(report.troubles().workersKilled()).isPositive();
        assertThat(report.troubles().producersKilled()).isPositive();
        String verdict = line(url, report);
        assertThat(folder.resolve("evidence").resolve("events")).isNotEmptyFile();
        System.out.println(verdict);
    }

    private static String line(String url, ChaosReport report) {
        return String.format(
                Locale.ROOT,
                "chaos on %s: enqueued %d, done %d, duplicated %d, lost %d, unexpected %d, longest gap %.2f s, killed %d + %d, restarts %d",
                url.substring(0, url.indexOf("://")),
                report.verdict().counts().accepted(),
                report.done(),
                report.verdict().counts().duplicated(),
                report.verdict().lost().size(),
                report.verdict().unexpected().size(),
                report.longestGapNanos() / 1e9,
                report.troubles().producersKilled(),
                report.troubles().workersKilled(),
                report.troubles().restarts());
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
            survives("amqp://guest:guest@" + server.address(), SLOW, () -> {
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
