// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    private static long count(Fate fate, int jobs) {
        return IntStream.range(0, jobs)
                .filter(number -> Fate.of(number, jobs) == fate)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"5000, 10", "5032, 10", "499, 1", "501, 1", "999, 1", "1000, 2", "5, 1", "50000, 100"})
    void oneOfFiveHundredFailsForEverAndAtLeastOne(int jobs, int dead) {
        assertThat(count(Fate.FAILS_ALWAYS, jobs)).isEqualTo(dead);
    }

    @Test
    void aTenthFailsOnce() {
        assertThat(count(Fate.FAILS_ONCE, 5_000)).isBetween(490L, 500L);
        assertThat(count(Fate.FAILS_ONCE, 10)).isEqualTo(1);
    }

    @Test
    void fewJobsAllSucceedInTheEnd() {
        assertThat(count(Fate.FAILS_ALWAYS, 4)).isZero();
        assertThat(count(Fate.SUCCEEDS, 1)).isEqualTo(1);
    }
}
