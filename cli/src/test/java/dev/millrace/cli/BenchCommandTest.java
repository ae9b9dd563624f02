// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    @TempDir
    Path folder;

    private final Cli cli = Cli.bare();

    @Test
    void everyJobIsCountedAndNothingIsLeft() {
        String url = "file:" + folder.resolve("jobs") + "?sync=never";
        assertThat(cli.ok("bench", "--jobs", "1000", "--size", "4", "--batch", "7", "--broker", url))
                .contains("1,000 jobs of 4 bytes", "\none by one  ", "\nenqueue ", "\nwork ", "\nstart ")
                .contains("\nlost        0\n", "\nduplicated  0\n");
        assertThat(cli.ok("queues", "--json", "--broker", url)).isEmpty();
    }

    @Test
    void jsonHasTheFiguresOnOneLine() {
        assertThat(cli.ok("bench", "--jobs", "100", "--json", "mem:"))
                .matches(
                        "\\{\"broker\":\"mem:\",\"jobs\":100,\"size\":64,\"producers\":16,\"batch\":32,\"concurrency\":32,"
                                + "\"singlePerSecond\":\\d+,\"enqueuePerSecond\":\\d+,\"workPerSecond\":\\d+,\"startP50Ms\":[0-9.]+,\"startP99Ms\":[0-9.]+,"
                                + "\"lost\":0,\"duplicated\":0}\n");
    }

    @Test
    void aBrokerThatRefusesEndsTheMeasurement() {
        Cli.Result result = cli.run("bench", "--jobs", "100", "--broker", "mem:?queue-limit=50");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("the broker refused a job: QUEUE_FULL")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jobs", "--size", "--producers", "--batch", "--concurrency"})
    void numbersHaveALeast(String option) {
        Cli.Result result = cli.run("bench", "--broker", "mem:", option, "0");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(option + " 0 is out of range; give ");
    }
}
