// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void outcomesAreValues() {
        assertThat(Outcome.done()).isEqualTo(new Outcome.Done());
        assertThat(Outcome.retry(SECOND, "busy")).isEqualTo(new Outcome.Retry(SECOND, "busy"));
        assertThat(Outcome.snooze(SECOND)).isEqualTo(new Outcome.Snooze(SECOND));
        assertThat(Outcome.deadLetter("wrong")).isEqualTo(new Outcome.DeadLetter("wrong"));
    }

    @Test
    void negativeDelaysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcome.retry(SECOND.negated(), "busy"))
                .withMessageContainingAll("retry delay", "PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcome.snooze(Duration.ofNanos(-1)))
                .withMessageContaining("snooze delay");
        assertThat(Outcome.snooze(Duration.ZERO)).isEqualTo(new Outcome.Snooze(Duration.ZERO));
    }
}
