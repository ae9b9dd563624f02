// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that show the examples. That they show what is compiled is checked for all pages of the project at once. */
class PagesTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root"));

    @Test
    void theFirstJobInTheReadmeIsAtMostTenLines() throws IOException {
        String firstJob = Files.readString(ROOT.resolve("README.md"))
                .split("```java\n", 2)[1]
                .split("```", 2)[0];
        assertThat(firstJob)
                .contains(".enqueue(")
                .satisfies(code -> assertThat(code.lines().count()).isLessThanOrEqualTo(10));
    }

    @Test
    void everyExampleIsOnThePageOfExamples() throws IOException {
        String page = Files.readString(ROOT.resolve("examples/README.md"));
        try (Stream<Path> sources = Files.list(ROOT.resolve("examples/src/main/java/dev/millrace/examples"))) {
            assertThat(sources.map(source -> source.getFileName().toString())
                            .filter(name -> name.startsWith("Example")))
                    .isNotEmpty()
                    .allMatch(page::contains);
        }
    }
}
