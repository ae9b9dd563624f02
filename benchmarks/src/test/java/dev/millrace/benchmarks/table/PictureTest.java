// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root", ".."));

    @Test
    void pictureInTheDocsIsDrawnFromTheResults() throws IOException {
        assertThat(ROOT.resolve("docs/brokers.svg"))
                .as("./benchmarks/run --picture draws it anew")
                .hasContent(Picture.of(Files.readString(ROOT.resolve("benchmarks/RESULTS.md"))));
    }

    @Test
    void rowIsReadAsItWasWritten() {
        Row row = new Row("Redis", "Millrace, `redis:`", 1_234, 56_789, 90_000, 0.25, 1.5, "synced", 0, 2);
        assertThat(Row.isRow(row.markdown())).isTrue();
        assertThat(Row.parse(row.markdown())).isEqualTo(row);
    }

    @Test
    void longestBarIsThatOfTheQuickestOnItsServer() {
        String drawn = Picture.of(Row.HEAD + "\n" + row("Redis", "a", 500) + "\n" + row("Redis", "b", 1_000) + "\n"
                + row("RabbitMQ", "c", 10) + "\n\nmore\n");
        assertThat(drawn)
                .contains("width=\"210\" height=\"14\"")
                .containsOnlyOnce("width=\"210\"")
                .contains(">500 jobs/s, starts in 1.00 ms<", ">10 jobs/s, starts in 1.00 ms<");
        assertThat(drawn.split("width=\"420\"", -1)).hasSize(3);
    }

    @Test
    void resultsWithoutATableAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Picture.of("# Results\n"))
                .withMessageContaining("./benchmarks/run brokers --markdown");
    }

    private static String row(String place, String name, double work) {
        return new Row(place, name, 1, 1, work, 1, 1, "synced", 0, 0).markdown();
    }
}
