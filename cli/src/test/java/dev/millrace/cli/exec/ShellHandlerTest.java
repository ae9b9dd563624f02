// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.worker.Outcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellHandlerTest {
    private static final Job JOB = Job.of("q", Payload.text("hello"));

    @Test
    void theBodyIsStandardInputAndTheOutputIsPassedThrough() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("cat; echo note >&2")) {
            assertThat(work.run(JOB)).isEqualTo(Outcome.done());
            assertThat(work.out()).isEqualTo("hello");
            assertThat(work.err()).isEqualTo("note\n");
        }
    }

    @Test
    void aLargeBinaryBodyArrivesWhole() throws Exception {
        byte[] body = new byte[3_000_001];
        new Random(1).nextBytes(body);
        try (CommandsAtWork work = new CommandsAtWork("cat")) {
            assertThat(work.run(Job.of("q", Payload.of(body)))).isEqualTo(Outcome.done());
            assertThat(work.outBytes()).isEqualTo(body);
        }
    }

    @Test
    void theJobIsInTheEnvironment() throws Exception {
        String command = "echo \"$MILLRACE_QUEUE $MILLRACE_JOB_ID $MILLRACE_ATTEMPT $MILLRACE_HEADER_REPLY_TO\"";
        try (CommandsAtWork work = new CommandsAtWork(command)) {
            assertThat(work.run(JOB.withId("job-1").withHeader("reply-to", "ann é")))
                    .isEqualTo(Outcome.done());
            assertThat(work.out()).isEqualTo("q job-1 1 ann é\n");
        }
    }

    @Test
    void aHeaderThatNoEnvironmentCanCarryIsLeftOut() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("echo \"[$MILLRACE_HEADER_A][$MILLRACE_HEADER_B]\"")) {
            work.run(JOB.withHeader("a", "1\0002").withHeader("b", "two\nlines"));
            assertThat(work.out()).isEqualTo("[][two\nlines]\n");
        }
    }

    @Test
    void aCommandThatDoesNotReadItsInputIsNoneTheWorse() throws Exception {
        Job large = Job.of("q", Payload.of(new byte[5_000_000]));
        try (CommandsAtWork work = new CommandsAtWork("exec 0<&-; true")) {
            assertThat(work.run(large)).isEqualTo(Outcome.done());
        }
        try (CommandsAtWork work = new CommandsAtWork("head -c 10 > /dev/null")) {
            assertThat(work.run(large)).isEqualTo(Outcome.done());
        }
    }

    @Test
    void theReasonOfAFailureIsTheExitCodeAndTheLastWords() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("echo one >&2; echo 'disk is full' >&2; exit 3")) {
            assertThat(work.run(JOB)).isInstanceOf(Outcome.DeadLetter.class);
            assertThat(work.failure()).isEqualTo("exit code 3: disk is full");
        }
        try (CommandsAtWork work = new CommandsAtWork("exit 7")) {
            work.run(JOB);
            assertThat(work.failure()).isEqualTo("exit code 7");
        }
        try (CommandsAtWork work = new CommandsAtWork("kill -9 $$")) {
            work.run(JOB);
            assertThat(work.failure()).isEqualTo("ended by signal 9");
        }
    }

    @Test
    void aCommandThatCannotBeStartedIsAFailedAttempt() throws Exception {
        try (CommandsAtWork work =
                new CommandsAtWork("true", java.time.Duration.ofMinutes(1), List.of("/nowhere/setsid"))) {
            work.run(JOB);
            assertThat(work.failure()).startsWith("the command could not be started: ");
        }
    }

    @Test
    void aProcessLeftInTheBackgroundDoesNotKeepTheJob() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("sleep 600 & echo $!")) {
            assertThat(work.run(JOB)).isEqualTo(Outcome.done());
            ProcessHandle.of(Long.parseLong(work.out().strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aCommandThatIsStoppedWithUsDoesNotCountAsAnAttempt() throws Exception {
        try (CommandsAtWork work = new CommandsAtWork("kill -TERM $$")) {
            work.handler.stopping();
            assertThat(work.run(JOB)).isInstanceOf(Outcome.Snooze.class);
        }
    }
}
