// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Inspectable;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.checker.Checker;
import dev.millrace.testkit.checker.JobDiary;
import dev.millrace.testkit.checker.Verdict;
import dev.millrace.testkit.servers.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of three programs that work, one is killed again and again: the others do what it had in hand. */
class KilledWorkerTest {
    private static final int KILLS = 5;
    private static final int JOBS = 400;

    @TempDir
    Path folder;

    private final RedisServer server = RedisServer.start();
    private final List<Process> programs = new ArrayList<>();
    private final List<Path> diaries = new ArrayList<>();

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
        server.close();
    }

    private String url() {
        return "redis://" + server.address();
    }

    private Process begin() throws IOException {
        Path diary = folder.resolve("worker-" + diaries.size());
        diaries.add(diary);
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkingProgram.class.getName(),
                        url(),
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

    @Test
    void whatAKilledWorkerHadInHandIsDoneByOthers() throws IOException {
        Path sent = folder.resolve("producer");
        try (Broker broker = Brokers.open(url());
                JobDiary diary = new JobDiary(sent)) {
            begin();
            begin();
            for (int kill = 0; kill < KILLS; kill++) {
                Process victim = begin();
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
