// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path folder;

    private final Cli cli = Cli.bare();

    private String url() {
        return "file:" + folder.resolve("jobs");
    }

    @Test
    void aHealthyBrokerHasNothingToComplainAbout() {
        assertThat(cli.ok("doctor", url())
                        .lines()
                        .map(line -> line.split(" +", -1)[0] + " "
                                + line.substring(9, 21).strip()))
                .contains("ok folder", "ok sync", "ok open", "ok write", "ok read", "ok clock", "ok contents");
        assertThat(cli.ok("queues", "--broker", url(), "--json"))
                .as("it leaves nothing")
                .isEmpty();
    }

    @Test
    void jsonHasAGradeForEachCheck() {
        assertThat(cli.ok("doctor", "mem:", "--json").lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("\\{\"grade\":\"ok\",\"check\":\"\\w+\",\"detail\":\".+\"}"));
    }

    @Test
    void whatIsNotWrittenAtOnceIsAWarning() {
        assertThat(cli.ok("doctor", url() + "?sync=never")).contains("warning  sync", "loss of power");
        assertThat(cli.ok("doctor", url() + "?sync=everysec")).contains("warning  sync", "last second");
    }

    @Test
    void deadLettersAreAWarning() {
        cli.ok("enqueue", "q", "x", "--broker", url());
        cli.run("work", "q", "--exec", "false", "--retries", "0", "--drain", "--broker", url());
        assertThat(cli.ok("doctor", "--broker", url()))
                .containsPattern("warning +contents +1 queue: 0 ready, 0 waiting, 0 leased, 1 dead; see the reasons");
    }

    @Test
    void aFolderThatAnotherOwnsHasFailed() {
        try (Broker owner = Brokers.open(url())) {
            Cli.Result result = cli.run("doctor", url());
            assertThat(owner.name()).startsWith("file:");
            assertThat(result.code()).isEqualTo(ExitCode.FAILED);
            assertThat(result.out())
                    .contains(
                            "failed   open",
                            Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderHasFailed() throws IOException {
        Files.writeString(folder.resolve("jobs"), "no folder");
        Cli.Result result = cli.run("doctor", url());
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("failed   folder", "is not a folder; name another path");
    }

    @Test
    void aWrongUrlIsWrongUse() {
        assertThat(cli.run("doctor", "jobs").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("doctor", url() + "?sync=often").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("doctor", "file:").code()).isEqualTo(ExitCode.USAGE);
    }
}
