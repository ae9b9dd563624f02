// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "500ms, 500",
        "30s, 30000",
        "5m, 300000",
        "1h30m, 5400000",
        "2d, 172800000",
        "PT5M, 300000",
        "pt0.5s, 500",
        "1H, 3600000",
        "' 5m ', 300000",
        "P1D, 86400000",
        "1m1m, 120000"
    })
    void readsWhatPeopleWrite(String text, long millis) {
        assertThat(HumanDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "5 m",
                "m",
                "5x",
                "1h30",
                "h1",
                "1.5h",
                "PT",
                "P5X",
                "five",
                "5m,",
                "9999999999999s",
                "5m\n3s"
            })
    void saysHowToWriteWhatItCannotRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HumanDuration.parse(text))
                .withMessageContaining("is no length of time; write it like 500ms, 30s, 5m, 1h30m, 2d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5m", "-PT5M", "P-1D", "PT-5M"})
    void refusesNegativeLengths(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HumanDuration.parse(text))
                .withMessageContaining("is negative");
    }

    @Test
    void aLengthThatFitsNoClockIsNoLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> HumanDuration.parse("PT99999999999999999999H"));
        assertThat(HumanDuration.parse("999999999999d")).isEqualTo(Duration.ofDays(999_999_999_999L));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "999, 999ms",
        "1000, 1s",
        "4230, 4.2s",
        "59999, 59s",
        "60000, 1m",
        "61000, 1m1s",
        "3600000, 1h",
        "5400000, 1h30m",
        "90000000, 1d1h",
        "-5000, -5s"
    })
    void writesTheTwoLargestUnits(long millis, String text) {
        assertThat(HumanDuration.format(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
