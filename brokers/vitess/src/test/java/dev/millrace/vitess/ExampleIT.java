// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program of the examples that runs on every broker, from its source, on {@code vitess:}. It stands here and not beside the
 * others, since the vtgate of the tests does.
 */
@Tag("slow")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExampleIT {
    private static final String PROGRAM = "dev/millrace/examples/Example6AnyBroker.java";

    @TempDir
    Path folder;

    /** Alone: beside the others it would be compiled with all of them. */
    private Path copy() throws IOException {
        Path source = Path.of(System.getProperty("millrace.root", "../.."))
                .resolve("examples/src/main/java")
                .resolve(PROGRAM);
        Path copy = folder.resolve(PROGRAM);
        Files.createDirectories(copy.getParent());
        return Files.copy(source, copy);
    }

    @Test
    void theSameProgramRunsOnVitess() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        copy().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MILLRACE_BROKER", FakeVitess.shared().url());
        Process process = builder.start();
        try {
            List<String> lines = process.inputReader().lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
            assertThat(lines)
                    .containsExactlyInAnyOrder(
                            "a job",
                            "a job that fails once",
                            "a job for later",
                            "a job that is urgent",
                            "a job that is good for a minute");
        } finally {
            process.destroyForcibly();
        }
    }
}
