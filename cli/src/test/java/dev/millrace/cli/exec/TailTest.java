// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TailTest {
    private final Tail tail = new Tail();

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tail.add(bytes, bytes.length);
    }

    @Test
    void theLastLineThatSaysSomethingCounts() {
        assertThat(tail.lastLine()).isEmpty();
        write("first\nsec");
        write("ond  \n\n   \n");
        assertThat(tail.lastLine()).isEqualTo("second");
    }

    @Test
    void onlyTheEndOfMuchIsKept() {
        for (int i = 0; i < 5_000; i++) {
            write("line " + i + "\n");
        }
        assertThat(tail.lastLine()).isEqualTo("line 4999");
        write("x".repeat(10_000) + "end");
        assertThat(tail.lastLine()).startsWith("…x").endsWith("xend").hasSize(301);
    }
}
