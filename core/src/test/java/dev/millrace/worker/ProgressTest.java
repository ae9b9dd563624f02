// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Health means progress. */
class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void nothingYetIsFine() {
        assertThat(progress.status(false)).isEqualTo(Health.Status.RUNNING);
        assertThat(progress.lastReceive()).isEmpty();
        assertThat(progress.lastSettle()).isEmpty();
        assertThat(progress.lastError()).isEmpty();
    }

    @Test
    void brokerThatIsSilentIsStuckUntilItAnswers() {
        assertThat(progress.status(true)).isEqualTo(Health.Status.STUCK);
        assertThat(progress.status(false)).isEqualTo(Health.Status.RUNNING);
    }

    @Test
    void passingFailureIsRecoveringAndALastingOneStuckUntilTheNextSuccess() {
        progress.receiveFailed(BrokerException.passing("gone", null));
        assertThat(progress.status(false)).isEqualTo(Health.Status.RECOVERING);
        progress.settleFailed(BrokerException.lasting("disk full", null));
        assertThat(progress.status(false)).isEqualTo(Health.Status.STUCK);
        progress.received(1_000);
        assertThat(progress.status(false)).isEqualTo(Health.Status.STUCK);
        progress.settled(2_000);
        assertThat(progress.status(false)).isEqualTo(Health.Status.RUNNING);
        assertThat(progress.lastReceive()).contains(Instant.ofEpochSecond(1));
        assertThat(progress.lastSettle()).contains(Instant.ofEpochSecond(2));
        assertThat(progress.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("disk full"));
    }

    @Test
    void bugOfABrokerIsRecovering() {
        progress.settleFailed(new IllegalStateException("bug"));
        assertThat(progress.status(false)).isEqualTo(Health.Status.RECOVERING);
    }
}
