// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @Test
    void countsHaveCommasWhateverTheLocale() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.count(OptionalLong.empty())).isEqualTo("?");
        assertThat(Figures.of(1, "job")).isEqualTo("1 job");
        assertThat(Figures.of(0, "job")).isEqualTo("0 jobs");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 byte", "1023, '1,023 bytes'", "1024, 1.0 KiB", "1572864, 1.5 MiB", "9223372036854775807, 8.0 EiB"
    })
    void sizesHaveTheUnitThatFits(long bytes, String text) {
        assertThat(Figures.size(bytes)).isEqualTo(text);
    }

    @Test
    void aRateInNoTimeIsNoRate() {
        assertThat(Figures.rate(10, 0)).isZero();
        assertThat(Figures.rate(10, 4)).isEqualTo(3);
        assertThat(Figures.millis(1_234_567)).isEqualTo("1.23 ms");
    }
}
