// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages name the examples; that they show what is compiled is tested with all pages. */
class SnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
    /** What stands between the tags, moved to the left margin, without other tags. */
    private static String tagged(String example, String tag) throws IOException {
        Path source = ROOT.resolve("examples/src/main/java/dev/millrace/examples/" + example + ".java");
        List<String> lines = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(source)) {
            if (line.strip().equals("// tag::" + tag + "[]")) {
                within = true;
            } else if (line.strip().equals("// end::" + tag + "[]")) {
                within = false;
            } else if (within && !line.strip().matches("// (tag|end)::\\w+\\[]")) {
                lines.add(line);
            }
        }
        assertThat(lines).as(example + " has the tag " + tag).isNotEmpty();
        return String.join("\n", lines).stripIndent().strip();
    }

    @Test
    void theFirstJobInTheReadmeIsAtMostTenLines() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("/Example1Hello.java#hello -->");
        assertThat(tagged("Example1Hello", "hello").lines().count()).isLessThanOrEqualTo(10);
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
