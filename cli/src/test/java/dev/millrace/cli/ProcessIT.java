// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a real process shows: signals, pipes, and two of them on one folder. */
@Tag("slow")
class ProcessIT {
    private static final int TERM_CODE = 143;
    private static final int KILL_CODE = 137;

    @TempDir
    Path folder;

    /** What needs no process of its own runs in this one, on the folder that the others use by default. */
    private String ok(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--broker", "file:" + folder.resolve("millrace-data")));
        return Cli.bare().ok(all.toArray(String[]::new));
    }

    @Test
    void afterSigtermRunningCommandsEndAndNoNewOnesBegin() throws Exception {
        ok("enqueue", "q", "a");
        ok("enqueue", "q", "b");
        try (Program work =
                Program.start(folder, "work", "q", "--concurrency", "1", "--exec", "echo begin; sleep 1; echo end")) {
            work.awaitOut("begin");
            work.signal("TERM");
            assertThat(work.code()).isZero();
            assertThat(work.out()).isEqualTo("begin\nend\n");
            assertThat(work.err())
                    .contains("stopping; 1 job may take 30s to end, a second signal ends them at once")
                    .contains("1 done, 0 failed attempts");
        }
        assertThat(ok("queues", "--json")).contains("\"ready\":1,");
    }

    @Test
    void ctrlCInATerminalDoesNotReachTheCommands() throws Exception {
        ok("enqueue", "q", "a");
        try (Program work = Program.start(folder, "work", "q", "--exec", "echo begin; sleep 1; echo end")) {
            work.awaitOut("begin");
            work.signalGroup("INT");
            assertThat(work.code()).isZero();
            assertThat(work.out()).isEqualTo("begin\nend\n");
        }
        assertThat(ok("queues", "--json")).isEmpty();
    }

    @Test
    void theSecondSignalEndsEverythingAtOnceAndLosesNothing() throws Exception {
        ok("enqueue", "q", "a");
        try (Program work =
                Program.start(folder, "work", "q", "--exec", "trap '' TERM; echo $$; sleep 600; sleep 600")) {
            work.awaitOut("\n");
            long command = Long.parseLong(work.out().strip());
            work.signal("TERM");
            work.awaitErr("stopping; ");
            work.signal("TERM");
            assertThat(work.code()).isEqualTo(TERM_CODE);
            WaitFor.until("the command is gone", Program.PATIENCE, () -> {
                Optional<ProcessHandle> left = ProcessHandle.of(command);
                return left.isEmpty() || !left.get().isAlive();
            });
        }
        assertThat(ok("queues", "--json")).contains("\"ready\":1,");
    }

    @Test
    void aWorkerThatIsKilledLosesNothing() throws Exception {
        ok("enqueue", "q", "a");
        try (Program work = Program.start(folder, "work", "q", "--exec", "echo begin; exec sleep 5")) {
            work.awaitOut("begin");
            work.signal("KILL");
            assertThat(work.code()).isEqualTo(KILL_CODE);
        }
        assertThat(ok("work", "q", "--exec", "echo \"attempt $MILLRACE_ATTEMPT: $(cat)\"", "--drain"))
                .isEqualTo("attempt 2: a\n");
    }

    @Test
    void enqueueBesideARunningWorkIsWorked() throws Exception {
        try (Program owner = Program.start(
                folder, "work", "q", "--exec", "echo \"$MILLRACE_HEADER_COLOUR $(cat)\"", "--concurrency", "1")) {
            WaitFor.until("the door is open", () -> Files.exists(folder.resolve("millrace-data/door")));
            assertThat(ok("enqueue", "q", "soup", "--header", "colour=red")).startsWith("enqueued 1 job into q");
            owner.awaitOut("red soup");
            assertThat(ok("enqueue", "later", "salad", "--delay", "1h")).startsWith("enqueued 1 job into later");
            assertThat(ok("queues")).contains("later");
            owner.signal("TERM");
            assertThat(owner.code()).isZero();
        }
        assertThat(ok("queues")).contains("later");
    }

    @Test
    void linesFromASlowWriterDoNotWaitForMore() throws Exception {
        try (Program enqueue = Program.start(folder, "enqueue", "q", "--file", "-", "--json")) {
            enqueue.write("one\nunfinished");
            enqueue.awaitOut("\"result\":\"stored\"");
            enqueue.write(" two\n");
            WaitFor.until(
                    "the second is stored",
                    Program.PATIENCE,
                    () -> enqueue.out().lines().count() == 2);
            enqueue.endInput();
            assertThat(enqueue.code()).isZero();
        }
        assertThat(ok("peek", "q")).contains("one", "unfinished two");
    }

    @Test
    void wordsOfAFileNamedByTheBodyAreCounted() throws Exception {
        Files.writeString(folder.resolve("two words.md"), "two words");
        try (Program enqueue = Program.start(folder, "enqueue", "docs", "--file", "-")) {
            enqueue.write("./two words.md\n");
            enqueue.endInput();
            assertThat(enqueue.code()).isZero();
        }
        try (Program work = Program.start(folder, "work", "docs", "--exec", "wc -w \"$(cat)\"", "--drain")) {
            assertThat(work.code()).isZero();
            assertThat(work.out()).contains("2 ./two words.md");
        }
    }

    @Test
    void withoutATerminalThereIsNoProgressBar() throws Exception {
        try (Program bench = Program.start(folder, "bench", "--broker", "mem:", "--jobs", "20000")) {
            assertThat(bench.code()).isZero();
            assertThat(bench.err()).isEmpty();
        }
    }
}
