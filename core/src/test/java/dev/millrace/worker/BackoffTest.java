// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final RuntimeException passing = BrokerException.passing("gone", null);
    private final RuntimeException lasting = BrokerException.lasting("broken", null);

    private static Duration pause(Backoff backoff, Throwable error) {
        return Duration.ofNanos(backoff.after(error));
    }

    @Test
    void passingFailuresPauseFromATenthOfASecondToTenSeconds() {
        Backoff backoff = new Backoff(() -> 0.5);
        assertThat(pause(backoff, passing)).isEqualTo(Duration.ofMillis(100));
        assertThat(pause(backoff, new IllegalStateException())).isEqualTo(Duration.ofMillis(200));
        for (int i = 0; i < 100; i++) {
            pause(backoff, passing);
        }
        assertThat(pause(backoff, passing)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.failures()).isEqualTo(103);
    }

    @Test
    void lastingFailuresPauseFromTenSecondsToAMinute() {
        Backoff backoff = new Backoff(() -> 0.5);
        assertThat(pause(backoff, lasting)).isEqualTo(Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            pause(backoff, lasting);
        }
        assertThat(pause(backoff, lasting)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void successBeginsAnew() {
        Backoff backoff = new Backoff(() -> 0.5);
        pause(backoff, passing);
        pause(backoff, passing);
        backoff.reset();
        assertThat(backoff.failures()).isZero();
        assertThat(pause(backoff, passing)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void chanceMovesAPauseByAFifth() {
        assertThat(pause(new Backoff(() -> 0), passing)).isEqualTo(Duration.ofMillis(80));
        assertThat(pause(new Backoff(() -> 0.999_999), passing))
                .isBetween(Duration.ofMillis(119), Duration.ofMillis(120));
    }
}
