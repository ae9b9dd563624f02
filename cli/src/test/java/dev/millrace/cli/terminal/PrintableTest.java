// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void plainTextStaysAsItIs() {
        assertThat(Printable.of("Grüße 日本 \uD83D\uDE00")).isEqualTo("Grüße 日本 \uD83D\uDE00");
    }

    @Test
    void controlsBecomeSymbols() {
        assertThat(Printable.of("a\tb\nc\u001b[0m\u007f\u0085\u202e")).isEqualTo("a␉b␊c␛[0m␡\uFFFD\uFFFD");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Printable.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.of("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Printable.of("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00…");
    }
}
