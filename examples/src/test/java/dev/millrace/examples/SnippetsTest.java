// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the documentation shows is what is compiled and run here. A page quotes with a comment and a block of code:
 *
 * <pre>
 * &lt;!-- Example1Hello: hello -->
 * ```java
 * …
 * ```
 * </pre>
 */
class SnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
    private static final Pattern QUOTE =
            Pattern.compile("<!-- (Example\\w+): (\\w+) -->\\R```java\\R(.*?)\\R```", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("<!-- Example\\w+: \\w+ -->");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("examples"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

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
    void everyQuoteIsWhatTheExampleSays() throws IOException {
        int quotes = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            for (MatchResult quote : QUOTE.matcher(text).results().toList()) {
                assertThat(quote.group(3))
                        .as(ROOT.relativize(page) + " quotes " + quote.group(1) + ": " + quote.group(2))
                        .isEqualTo(tagged(quote.group(1), quote.group(2)));
                quotes++;
            }
            assertThat(MARK.matcher(text).results().count())
                    .as("marks without a block of code in " + page)
                    .isEqualTo(QUOTE.matcher(text).results().count());
        }
        assertThat(quotes).isGreaterThan(5);
    }

    @Test
    void theFirstJobInTheReadmeIsAtMostTenLines() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("<!-- Example1Hello: hello -->");
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
