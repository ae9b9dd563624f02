// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkCommandTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.bare();

    @BeforeEach
    void openFolder() {
        cli = Cli.in(folder);
    }

    @Test
    void aCommandRunsForEachJobOfEachQueue() {
        cli.runWith("a\nb\nc\n", "enqueue", "docs", "--file", "-");
        cli.ok("enqueue", "mail", "d");
        Cli.Result result = cli.run("work", "docs", "mail", "--exec", "echo \"$MILLRACE_QUEUE $(cat)\"", "--drain");
        assertThat(result.code()).isZero();
        assertThat(result.lines()).containsExactlyInAnyOrder("docs a", "docs b", "docs c", "mail d");
        assertThat(result.err()).isEqualTo("millrace: 4 done, 0 failed attempts, 0 dead, 0 handed back\n");
        assertThat(cli.ok("queues", "--json")).isEmpty();
    }

    @Test
    void drainingAnEmptyQueueEndsAtOnce() {
        assertThat(cli.run("work", "nothing", "--exec", "true", "--drain", "--json")
                        .out())
                .isEqualTo("{\"done\":0,\"failedAttempts\":0,\"dead\":0,\"handedBack\":0}\n");
    }

    @Test
    void drainWaitsForWhatWaits() {
        cli.ok("enqueue", "q", "later", "--delay", "700ms");
        assertThat(cli.run("work", "q", "--exec", "cat", "--drain").out()).isEqualTo("later");
    }

    @Test
    void aFailedAttemptIsTriedAgainLater() {
        cli.ok("enqueue", "q", "x");
        String onlyTheSecond = "echo \"attempt $MILLRACE_ATTEMPT\"; test $MILLRACE_ATTEMPT = 2";
        Cli.Result result = cli.run("work", "q", "--exec", onlyTheSecond, "--drain", "--json", "--log-level", "info");
        assertThat(result.lines())
                .containsExactly(
                        "attempt 1", "attempt 2", "{\"done\":1,\"failedAttempts\":1,\"dead\":0,\"handedBack\":0}");
        assertThat(result.err()).contains("attempt 1 failed: exit code 1");
    }

    @Test
    void afterTheLastRetryAJobIsADeadLetterAndPeopleHearOfIt() {
        cli.ok("enqueue", "q", "x", "--id", "job-1");
        Cli.Result result = cli.run("work", "q", "--exec", "exit 9", "--retries", "0", "--drain");
        assertThat(result.code()).as("the worker did what it was told").isZero();
        assertThat(result.err())
                .contains(
                        "warning: job job-1 of queue q is a dead letter: attempt 1 failed and was the last: exit code 9")
                .contains("0 done, 1 failed attempt, 1 dead, 0 handed back");
        assertThat(cli.ok("queues", "--json")).contains("\"dead\":1");
    }

    @Test
    void aCommandOverItsTimeLimitHasFailed() {
        cli.ok("enqueue", "q", "x");
        cli.run("work", "q", "--exec", "sleep 600", "--time-limit", "300ms", "--retries", "0", "--drain");
        assertThat(cli.ok("dead", "list", "q")).contains("time limit of 0.3s exceeded");
    }

    @Test
    void concurrencyIsKept() {
        cli.runWith("x\n".repeat(8), "enqueue", "q", "--file", "-");
        String alone = "mkdir \"" + folder + "/lock\" || exit 1; sleep 0.02; rmdir \"" + folder + "/lock\"";
        assertThat(cli.run("work", "q", "--exec", alone, "--concurrency", "1", "--drain")
                        .err())
                .contains("8 done, 0 failed attempts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "work,q|Missing required option: '--exec=COMMAND'",
                "work,--exec,true|Missing required parameter: 'QUEUE'",
                "work,q,--exec,true,--concurrency,0|--concurrency 0 is out of range; give 1 or more",
                "work,q,--exec,true,--retries,-1|--retries -1 is out of range; give 0 or more",
                "work,q,--exec,true,--time-limit,0s|--time-limit is zero; give a length of time above zero",
                "work,q,--exec,true,--time-limit,1y|\"1y\" is no length of time",
                "work,,--exec,true|queue name is blank",
            })
    void wrongUseIsSaidInOneLine(String command, String message) {
        Cli.Result result = cli.run(command.split(",", -1));
        assertThat(result.err()).startsWith("millrace: ").contains(message).hasLineCount(1);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    }
}
