// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DemoCommandIT {
    @TempDir
    Path folder;

    @TempDir
    Path input;

    private List<Path> leftBehind() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("millrace-demo-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesAreWorkedThroughAKillAndNothingIsLost() throws Exception {
        for (int i = 0; i < 7; i++) {
            Files.writeString(input.resolve("file " + i), "content ".repeat(i * 100));
        }
        try (Program demo = Program.start(folder, "demo", "--input", input.toString())) {
            assertThat(demo.code()).as(demo.err()).isZero();
            assertThat(demo.out())
                    .containsPattern("(?m)^jobs in +5005$")
                    .containsPattern("(?m)^done +4995$")
                    .containsPattern("(?m)^retried +\\d+$")
                    .containsPattern("(?m)^dead +10$")
                    .containsPattern("(?m)^delivered twice +\\d+$")
                    .containsPattern("(?m)^lost 0$")
                    .containsPattern("(?m)^jobs/s +\\d+$")
                    .containsPattern("(?m)^enqueue-to-start p50/p99  [0-9.]+ ms / [0-9.]+ ms");
            assertThat(demo.err())
                    .contains("snapshot of " + input + ": 7 files")
                    .containsPattern("killed worker process \\d+ with SIGKILL after [0-9,]+ jobs; starting another");
        }
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    @Tag("slow")
    void onAnotherFolderItCleansUpAfterItself() throws Exception {
        String broker = "file:" + folder.resolve("jobs");
        Cli cli = Cli.bare();
        cli.ok("enqueue", "mine", "x", "--broker", broker);
        try (Program demo = Program.start(folder, "demo", "--jobs", "300", "--json", "--broker", broker)) {
            assertThat(demo.code()).as(demo.err()).isZero();
            assertThat(demo.out())
                    .matches(
                            "\\{\"jobs\":300,\"done\":299,\"retried\":\\d+,\"dead\":1,\"deliveredTwice\":\\d+,\"lost\":0,"
                                    + "\"killed\":true,\"jobsPerSecond\":\\d+,\"startP50Ms\":[0-9.]+,\"startP99Ms\":[0-9.]+,"
                                    + "\"differences\":0}\n");
        }
        assertThat(cli.ok("queues", "--json", "--broker", broker))
                .hasLineCount(1)
                .contains("\"queue\":\"mine\"");
    }

    @Test
    void inMemoryTheKillIsLeftOutAndSaid() {
        Cli.Result demo = Cli.bare().run("demo", "--jobs", "50", "--broker", "mem:");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out()).contains("\nlost 0\n").containsPattern("delivered twice +0\n");
        assertThat(demo.err()).contains("left out: the kill of a worker, since mem: lives in one process");
    }

    @Test
    @Tag("slow")
    void theTemporaryFolderCanBeKept() throws Exception {
        try (Program demo = Program.start(folder, "demo", "--jobs", "20", "--broker", "mem:", "--keep")) {
            assertThat(demo.code()).isZero();
            assertThat(leftBehind()).hasSize(1);
            assertThat(demo.err())
                    .contains("files of the demonstration: " + leftBehind().getFirst());
        }
    }

    @Test
    @Tag("slow")
    void ctrlCTakesTheWorkerAndTheFolderAlong() throws Exception {
        try (Program demo = Program.start(folder, "demo", "--jobs", "50000")) {
            WaitFor.until(
                    "the worker works",
                    Program.PATIENCE,
                    () -> leftBehind().stream().anyMatch(left -> Files.exists(left.resolve("results-1"))));
            demo.signalGroup("INT");
            demo.code();
            assertThat(leftBehind()).isEmpty();
        }
    }

    @Test
    void aDemonstrationWithoutInputIsWrongUse() throws Exception {
        Cli cli = Cli.bare();
        Files.createSymbolicLink(input.resolve("link"), Path.of("link"));
        assertThat(cli.run("demo", "--input", input.toString()))
                .satisfies(result -> assertThat(result.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(result -> assertThat(result.err())
                        .contains("there is no file to work on", "name another folder with --input DIR"));
        assertThat(cli.run("demo", "--input", input.resolve("none").toString()).err())
                .contains("is not a folder; name one with --input DIR");
        assertThat(cli.run("demo", "--jobs", "0").err()).contains("--jobs 0 is out of range; give 1 or more");
        assertThat(cli.run("demo", "--jobs", "5", "--input", ".").err()).contains("leave one of them out");
        assertThat(cli.run("demo", "--jobs", "5", "--broker", "nothing:").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theWorkersVerbIsNotForPeople() {
        assertThat(Cli.bare().run("demo-worker").err()).contains("is started by millrace demo, not by people");
    }
}
