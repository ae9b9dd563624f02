// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static String printed(TextTable table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandOnTheRight() {
        TextTable table =
                new TextTable("QUEUE", "READY", "OLDEST").row("mail", "7", "3s").row("a", "1,200", "-");
        assertThat(printed(table)).isEqualTo("""
                QUEUE  READY  OLDEST
                mail       7  3s
                a      1,200  -
                """);
    }

    @Test
    void unknownCountsStandWithTheNumbers() {
        assertThat(printed(new TextTable("N", "X").row("?", "x").row("12", "y")))
                .isEqualTo(" N  X\n ?  x\n12  y\n");
    }

    @Test
    void aCellCannotForgeALine() {
        assertThat(printed(new TextTable("A").row("x\nB\u001b[31m"))).isEqualTo("A\nx\u240aB\u241b[31m\n");
    }

    @Test
    void aHeaderAloneIsATable() {
        assertThat(printed(new TextTable("A", "B"))).isEqualTo("A  B\n");
    }
}
