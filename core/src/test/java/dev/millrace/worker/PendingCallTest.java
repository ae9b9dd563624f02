// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A thread that hangs in a call is no progress, whatever others do. */
class PendingCallTest {
    private final PendingCall call = new PendingCall(15);

    @Test
    void noneIsUnderWayAtFirst() {
        assertThat(call.silence(Long.MAX_VALUE)).isZero();
        assertThat(call.silence(-1_000)).isZero();
    }

    @Test
    void callThatTakesTooLongIsSilenceUntilItEnds() {
        call.begin(-5);
        assertThat(call.silence(10)).isZero();
        assertThat(call.silence(11)).isEqualTo(16);
        call.end();
        assertThat(call.silence(11)).isZero();
    }
}
