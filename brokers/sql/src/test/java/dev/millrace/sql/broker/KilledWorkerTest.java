// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Inspectable;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.checker.Checker;
import dev.millrace.testkit.checker.JobDiary;
import dev.millrace.testkit.checker.Verdict;
import dev.millrace.testkit.servers.SqlServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of three programs that work, one is killed again and again: the others do what it had in hand. */
class KilledWorkerTest {
    private static final int KILLS = 3;
    private static final int JOBS = 200;

    @TempDir
    Path folder;

    private final String table = "k_" + UUID.randomUUID().toString().replace('-', '_');
    private final List<Process> programs = new ArrayList<>();
    private final List<Path> diaries = new ArrayList<>();

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
    }

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.postgres());
    }

    private String url(SqlServer server) {
        return server.url() + "&millrace.table=" + table;
    }

    private Process begin(SqlServer server) throws IOException {
        Path diary = folder.resolve("worker-" + diaries.size());
        diaries.add(diary);
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkingProgram.class.getName(),
                        url(server),
                        "mail",
                        diary.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        programs.add(program);
        try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("working");
        }
        return program;
    }

    private static void send(Broker broker, JobDiary diary, int round) {
        List<String> names =
                IntStream.range(0, JOBS).mapToObj(i -> "job-" + round + "-" + i).toList();
        diary.sending(names);
        broker.send(
                names.stream().map(name -> Job.of("mail", Payload.text(name))).toList());
        diary.accepted(names);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whatAKilledWorkerHadInHandIsDoneByOthers(SqlServer server) throws IOException {
        Path sent = folder.resolve("producer");
        try (Broker broker = Brokers.open(url(server));
                JobDiary diary = new JobDiary(sent)) {
            begin(server);
            begin(server);
            for (int kill = 0; kill < KILLS; kill++) {
                Process victim = begin(server);
                send(broker, diary, kill);
                victim.destroyForcibly();
            }
            WaitFor.until(
                    "all jobs are done",
                    () -> broker.facet(Inspectable.class).orElseThrow().queues().isEmpty());
        }
        Checker checker = new Checker();
        checker.read(sent);
        diaries.forEach(checker::read);
        Verdict verdict = checker.verdict(List.of());
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.unexpected()).isEmpty();
        assertThat(verdict.counts().accepted()).isEqualTo(KILLS * JOBS);
    }
}
