// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            lines.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    @Test
    void aLineEndsAtALineFeedAndNothingElse() throws IOException {
        assertThat(lines("a\nb\r\nc\0d\u00ff\n")).containsExactly("a", "b\r", "c\0d\u00ff");
    }

    @Test
    void anEmptyLineIsALineAndNoInputIsNone() throws IOException {
        assertThat(lines("\n\na\n\n")).containsExactly("", "", "a", "");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void theLastLineNeedsNoLineFeed() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a", "b");
    }

    @Test
    void linesOfAnyLengthComeWholeHoweverTheyArrive() throws IOException {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.add("x".repeat(random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(100)));
        }
        byte[] bytes = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        InputStream dribbling = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };
        LineReader reader = new LineReader(dribbling);
        List<String> read = new ArrayList<>();
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            read.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void readyMeansThatAWholeLineOrFreshBytesAreThere() throws IOException {
        InputStream stalled = new ByteArrayInputStream("a\nb\nc".getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
        LineReader reader = new LineReader(stalled);
        assertThat(reader.ready()).isFalse();
        reader.next();
        assertThat(reader.ready()).as("b is there").isTrue();
        reader.next();
        assertThat(reader.ready()).as("the rest of c may not be").isFalse();
    }
}
