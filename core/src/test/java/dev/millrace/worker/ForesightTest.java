// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private static final int MOST = 256;

    private final Foresight foresight = new Foresight(MOST, 0);

    private int look(long settled, long millis) {
        return foresight.look(settled, Nanos.of(Duration.ofMillis(millis)));
    }

    @Test
    void nothingIsReceivedAheadBeforeAnythingWasSettled() {
        assertThat(look(0, 10)).isZero();
    }

    @Test
    void theWorkOfTheNextTwentyFiveMillisecondsIsReceivedAhead() {
        assertThat(look(10, 10)).isEqualTo(25);
        assertThat(look(50, 50)).isEqualTo(25);
    }

    @Test
    void thereIsAMost() {
        assertThat(look(100_000, 10)).isEqualTo(MOST);
    }

    @Test
    void jobsThatTakeLongerThanThatAreNotReceivedAhead() {
        assertThat(look(1, 100)).isZero();
    }

    @Test
    void aShortTimeTellsNothing() {
        assertThat(look(1_000, 3)).isZero();
        assertThat(look(10, 10)).isEqualTo(25);
        assertThat(look(10_000, 12)).isEqualTo(25);
    }

    @Test
    void aShortTimeWithoutASettlementOnlyHalvesIt() {
        look(10, 10);
        assertThat(look(10, 15)).isEqualTo(12);
        assertThat(look(10, 20)).isEqualTo(6);
    }

    @Test
    void afterALongTimeOnlyThatCounts() {
        look(100, 10);
        assertThat(look(101, 60)).isZero();
    }

    @Test
    void settlementsThatGoBackwardsCountAsNone() {
        look(10, 10);
        assertThat(look(5, 60)).isZero();
    }

    @Test
    void noneIsNone() {
        assertThat(new Foresight(0, 0).look(1_000, 10_000_000)).isZero();
    }
}
