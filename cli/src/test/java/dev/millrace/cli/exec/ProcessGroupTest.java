// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessGroupTest {
    /** A command whose child ignores the question to end, and has lost its parent. */
    private static final String STUBBORN =
            "(trap '' TERM; sleep 600 & echo child $!; wait) & echo parent $!; wait; sleep 600";

    private static final Job JOB = Job.of("q", Payload.empty());
    private static final Duration SOON = Duration.ofMillis(800);

    private static boolean isGone(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty() || !process.get().isAlive();
    }

    private static List<Long> pids(String out) {
        return out.lines()
                .map(line -> Long.valueOf(line.replaceAll("[^0-9]", "")))
                .toList();
    }

    @Test
    void atTheTimeLimitTheCommandAndItsChildrenAreEnded() throws Exception {
        for (List<String> leader : List.of(ProcessGroup.leader(System.getenv("PATH")), List.<String>of())) {
            try (CommandsAtWork work = new CommandsAtWork(STUBBORN, SOON, leader)) {
                work.run(JOB);
                assertThat(work.failure()).contains("time limit of 0.8s exceeded");
                assertThat(work.of(Event.TimedOut.class)).hasSize(1);
                List<Long> pids = pids(work.out());
                assertThat(pids).hasSize(2);
                for (long pid : pids) {
                    WaitFor.until("process " + pid + " is gone", CommandsAtWork.PATIENCE, () -> isGone(pid));
                }
            }
        }
    }

    @Test
    void allThatRunsIsEndedAtOnce() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("echo $$; trap '' TERM INT; sleep 600; sleep 600")) {
            work.enqueue(JOB);
            work.enqueue(JOB);
            WaitFor.until(
                    "both run",
                    CommandsAtWork.PATIENCE,
                    () -> work.out().lines().count() == 2);
            work.handler.killAll();
            for (long pid : pids(work.out())) {
                WaitFor.until("process " + pid + " is gone", CommandsAtWork.PATIENCE, () -> isGone(pid));
            }
        }
    }

    @Test
    void theEndOfADrainEndsCommandsAndHandsTheirJobsBack() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("echo $$; sleep 600")) {
            work.enqueue(JOB);
            WaitFor.until("it runs", CommandsAtWork.PATIENCE, () -> work.out().endsWith("\n"));
            work.worker.drain(Duration.ofMillis(100));
            assertThat(work.of(Event.HandedBack.class)).hasSize(1);
            assertThat(isGone(pids(work.out()).getFirst())).isTrue();
        }
    }

    @Test
    void withoutSetsidNothingLeads() {
        assertThat(ProcessGroup.leader("/nowhere:/also/nowhere")).isEmpty();
    }
}
