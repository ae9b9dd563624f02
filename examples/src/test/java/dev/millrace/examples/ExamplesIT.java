// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs as a user would run it: as a program, in an empty folder. */
@Tag("slow")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExamplesIT {
    @TempDir
    Path folder;

    private Process process;

    private BufferedReader start(Class<?> example) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        example.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private List<String> run(Class<?> example) throws IOException, InterruptedException {
        List<String> lines = start(example).lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void helloGreetsUntilSomebodyPressesEnter() throws Exception {
        BufferedReader out = start(Example1Hello.class);
        assertThat(out.readLine()).isEqualTo("hello, world");
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void typedJobsArriveAndABrokenOneDoesNoHarm() throws Exception {
        assertThat(run(Example2Types.class))
                .containsExactlyInAnyOrder("invoice 7 for ann@example.com", "invoice 8 for bob@example.com");
    }

    @Test
    void whatFailsIsTriedAgainAndThenPutAside() throws Exception {
        assertThat(run(Example3Retries.class))
                .containsExactly(
                        "no such account: nobody to pay",
                        "card expired: attempt 3 failed and was the last: java.lang.IllegalStateException:"
                                + " attempt 3 failed",
                        "2 are ready again");
    }

    @Test
    void jobsTravelAsTheyWereTold() throws Exception {
        assertThat(run(Example4Travel.class))
                .containsExactly(
                        "one report is enough",
                        "an alarm",
                        "the next in line",
                        "as usual",
                        "today's report",
                        "a code that is good for a minute",
                        "a reminder");
    }

    @Test
    void aServiceStopsInGoodOrder() throws Exception {
        BufferedReader out = start(Example5Shutdown.class);
        assertThat(out.readLine()).isEqualTo("attempt 1");
        process.toHandle().destroy();
        assertThat(out.lines()).containsExactly("no new jobs from here on", "tea is ready", "bye");
    }
}
