// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Streams streams(boolean terminal) {
        PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new Streams(InputStream.nullInputStream(), err, err, false, terminal);
    }

    @Test
    void aPipeSeesNothing() {
        try (Progress progress = Progress.of(streams(false), "work", 10)) {
            progress.at(10);
        }
        try (Progress progress = Progress.ofUnknown(streams(false), "work")) {
            progress.at(10);
        }
        assertThat(shown.toByteArray()).isEmpty();
    }

    @Test
    void aBarStaysAsItEnded() {
        try (Progress progress = Progress.of(streams(true), "work", 1_000)) {
            progress.at(1_000);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("work     [####################] 100%  1,000/1,000")
                .endsWith(System.lineSeparator());
    }

    @Test
    void theBarIsAsLongAsTheWorkIsFar() {
        Progress progress = Progress.of(streams(true), "work", 4);
        assertThat(progress.line(1, 2)).isEqualTo("work     [#####---------------] 25%  1/4  1/s");
        assertThat(progress.line(9, 3)).contains("100%");
    }

    @Test
    void workOfUnknownSizeIsCounted() {
        assertThat(Progress.ofUnknown(streams(true), "enqueued").line(1_200, 2)).isEqualTo("enqueued  1,200  600/s");
    }

    @Test
    void aBarFitsIntoALineOfEightyCharacters() {
        assertThat(Progress.of(streams(true), "enqueue", 10_000_000).line(10_000_000, 10))
                .hasSizeLessThan(80);
    }
}
