// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Health means progress: a thread that hangs in a call is none. */
class ProgressTest {
    private static final long RECEIVE = 15;
    private static final long SETTLE = 30;

    private final Progress progress = new Progress();

    private Health.Status at(long now) {
        return progress.status(now, RECEIVE, SETTLE);
    }

    @Test
    void nothingYetIsFine() {
        assertThat(at(1_000_000)).isEqualTo(Health.Status.RUNNING);
        assertThat(progress.lastReceive()).isEmpty();
        assertThat(progress.lastSettle()).isEmpty();
        assertThat(progress.lastError()).isEmpty();
    }

    @Test
    void callToReceiveThatHangsIsStuckUntilItReturns() {
        progress.receiving(-5);
        assertThat(at(10)).isEqualTo(Health.Status.RUNNING);
        assertThat(at(11)).isEqualTo(Health.Status.STUCK);
        progress.notReceiving();
        assertThat(at(11)).isEqualTo(Health.Status.RUNNING);
    }

    @Test
    void callToSettleThatHangsIsStuckUntilItReturns() {
        progress.settling(0);
        assertThat(at(30)).isEqualTo(Health.Status.RUNNING);
        assertThat(at(31)).isEqualTo(Health.Status.STUCK);
        progress.notSettling();
        assertThat(at(31)).isEqualTo(Health.Status.RUNNING);
    }

    @Test
    void silenceIsAsLongAsTheLongestCallThatHangs() {
        progress.receiving(0);
        progress.settling(-10);
        assertThat(progress.silence(15, RECEIVE, SETTLE)).isZero();
        assertThat(progress.silence(16, RECEIVE, SETTLE)).isEqualTo(16);
        assertThat(progress.silence(21, RECEIVE, SETTLE)).isEqualTo(31);
        progress.notSettling();
        progress.notReceiving();
        assertThat(progress.silence(100, RECEIVE, SETTLE)).isZero();
    }

    @Test
    void passingFailureIsRecoveringAndALastingOneStuckUntilTheNextSuccess() {
        progress.receiveFailed(BrokerException.passing("gone", null));
        assertThat(at(0)).isEqualTo(Health.Status.RECOVERING);
        progress.settleFailed(BrokerException.lasting("disk full", null));
        assertThat(at(0)).isEqualTo(Health.Status.STUCK);
        progress.received(1_000);
        assertThat(at(0)).isEqualTo(Health.Status.STUCK);
        progress.settled(2_000);
        assertThat(at(0)).isEqualTo(Health.Status.RUNNING);
        assertThat(progress.lastReceive()).contains(Instant.ofEpochSecond(1));
        assertThat(progress.lastSettle()).contains(Instant.ofEpochSecond(2));
        assertThat(progress.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("disk full"));
    }

    @Test
    void bugOfABrokerIsRecovering() {
        progress.settleFailed(new IllegalStateException("bug"));
        assertThat(at(0)).isEqualTo(Health.Status.RECOVERING);
    }
}
