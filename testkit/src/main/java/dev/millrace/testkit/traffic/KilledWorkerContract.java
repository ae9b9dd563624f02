// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.checker.Checker;
import dev.millrace.checker.JobDiary;
import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of three programs that work, one is killed again and again: the others do what it had in hand. A broker's tests extend it; the
 * broker is one that programs share, known by its URL.
 */
public abstract class KilledWorkerContract {
    private static final int KILLS = 5;
    private static final int JOBS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String queue = "mail-" + UUID.randomUUID();
    private final List<Process> programs = new ArrayList<>();
    private final List<Path> diaries = new ArrayList<>();

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
    }

    /** Made by the subclass. */
    protected KilledWorkerContract() {}

    /**
     * Where the jobs are.
     *
     * @return the URL of a broker whose server is up
     */
    protected abstract String url();

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
                        queue,
                        diary.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        programs.add(program);
        WaitFor.until("a program is at work", PATIENCE, () -> Files.exists(WorkingProgram.ready(diary)));
        return program;
    }

    private void send(Broker broker, JobDiary diary, int round) {
        List<String> names =
                IntStream.range(0, JOBS).mapToObj(i -> "job-" + round + "-" + i).toList();
        diary.sending(names);
        broker.send(
                names.stream().map(name -> Job.of(queue, Payload.text(name))).toList());
        diary.accepted(names);
    }

    @Test
    void whatAKilledWorkerHadInHandIsDoneByOthers() throws IOException {
        Path sent = folder.resolve("producer");
        diaries.add(sent);
        try (Broker broker = Brokers.open(url());
                JobDiary diary = new JobDiary(sent)) {
            begin();
            begin();
            for (int kill = 0; kill < KILLS; kill++) {
                Process victim = begin();
                send(broker, diary, kill);
                victim.destroyForcibly();
            }
        }
        WaitFor.until(
                "all jobs are done",
                PATIENCE,
                () -> verdict().counts().accepted() == KILLS * JOBS
                        && verdict().lost().isEmpty());
        assertThat(verdict().unexpected()).isEmpty();
    }

    private Verdict verdict() {
        Checker checker = new Checker();
        diaries.forEach(checker::read);
        return checker.verdict(List.of());
    }
}
