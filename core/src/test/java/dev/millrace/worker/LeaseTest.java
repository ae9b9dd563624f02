// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = -5 * SECOND;
    private static final long NOW_MILLIS = 1_000_000;

    private static Lease lease(long askedSeconds, long saidMillis) {
        return new Lease(askedSeconds * SECOND, Instant.ofEpochMilli(NOW_MILLIS + saidMillis), NOW, NOW_MILLIS);
    }

    @Test
    void leaseIsRenewedAfterAThird() {
        assertThat(lease(30, 30_000).renewAt()).isEqualTo(NOW + 10 * SECOND);
        assertThat(new Lease(30 * SECOND, null, NOW, NOW_MILLIS).renewAt()).isEqualTo(NOW + 10 * SECOND);
    }

    @Test
    void shorterLeaseOfTheBrokerIsRenewedSooner() {
        assertThat(lease(30, 3_000).renewAt()).isEqualTo(NOW + SECOND);
        assertThat(lease(30, 3_000).overAt()).isEqualTo(NOW + 60 * SECOND);
    }

    @Test
    void longerLeaseOfTheBrokerIsRenewedAsIfItWereNot() {
        assertThat(lease(30, 300_000).renewAt()).isEqualTo(NOW + 10 * SECOND);
        assertThat(lease(30, 300_000).overAt()).isEqualTo(NOW + 600 * SECOND);
    }

    @Test
    void clockOfTheBrokerThatIsBehindIsNotBelieved() {
        assertThat(lease(30, -3_600_000).renewAt()).isEqualTo(NOW + 10 * SECOND);
        assertThat(lease(30, 0).renewAt()).isEqualTo(NOW + 10 * SECOND);
        assertThat(lease(30, -3_600_000).overAt()).isEqualTo(NOW + 60 * SECOND);
    }

    @Test
    void absurdMomentsDoNotOverflow() {
        for (Instant absurd : new Instant[] {Instant.MAX, Instant.MIN, Instant.ofEpochMilli(Long.MAX_VALUE)}) {
            Lease lease = new Lease(30 * SECOND, absurd, NOW, NOW_MILLIS);
            assertThat(lease.renewAt()).isEqualTo(NOW + 10 * SECOND);
            assertThat(lease.overAt()).isGreaterThanOrEqualTo(NOW + 60 * SECOND);
        }
    }

    @Test
    void failedRenewalIsTriedAgainAfterATenth() {
        Lease lease = lease(30, 30_000);
        lease.notRenewed(NOW + SECOND);
        assertThat(lease.renewAt()).isEqualTo(NOW + 4 * SECOND);
        assertThat(lease.overAt()).isEqualTo(NOW + 60 * SECOND);
    }

    @Test
    void tinyLeasesDoNotKeepTheRenewerBusy() {
        assertThat(lease(30, 1).renewAt()).isEqualTo(NOW + 5_000_000);
    }
}
