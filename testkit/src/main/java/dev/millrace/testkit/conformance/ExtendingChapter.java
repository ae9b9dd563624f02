// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/*
 * A lease can be renewed while it lasts, on receivers that say so by their type. For others there is nothing to ask; each
 * test then makes sure that an unrenewed delivery can still be settled.
 */
abstract class ExtendingChapter extends Chapter {
    ExtendingChapter(BrokerContract contract) {
        super(contract);
    }

    private @Nullable LeaseExtending extending(Receiver receiver, Delivery delivery) {
        if (receiver instanceof LeaseExtending extending) {
            return extending;
        }
        ack(receiver, delivery);
        return null;
    }

    private Delivery delivered(Receiver receiver) {
        stored(job("long").withTimeLimit(unit));
        return take(receiver);
    }

    @Test
    @Proves(Promise.EXTENDING)
    void renewedLeaseEndsLater() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        passNearly(unit);
        Instant end = extending.extend(delivery, unit).orElseThrow();
        assertThat(end).isAfter(delivery.leaseUntil().orElseThrow());
        passNearly(unit);
        nothing(receiver());
        passTick();
        take(receiver());
    }

    @Test
    void renewalCountsFromNow() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        boolean byJob = broker.capabilities().leases() == LeaseScope.JOB;
        Duration length = byJob ? unit : unit.multipliedBy(2);
        assertThat(extending.extend(delivery, unit.multipliedBy(5))).isPresent();
        passNearly(unit);
        assertThat(extending.extend(delivery, length)).isPresent();
        passNearly(length);
        nothing(receiver());
        passTick();
        take(receiver());
    }

    @Test
    void leaseCanBeRenewedManyTimes() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        for (int i = 0; i < 5; i++) {
            passNearly(unit);
            assertThat(extending.extend(delivery, unit)).isPresent();
            nothing(receiver());
        }
        ack(receiver, delivery);
        pass(unit.multipliedBy(2));
        nothing(receiver());
    }

    @Test
    void endedLeaseCannotBeRenewed() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        pass(unit);
        assertThat(extending.extend(delivery, unit)).isEmpty();
        Receiver next = receiver();
        Delivery again = take(next);
        assertThat(extending.extend(delivery, unit)).isEmpty();
        ack(next, again);
    }

    @Test
    void settledJobHasNoLeaseToRenew() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        release(receiver, delivery, Cause.FAILED);
        assertThat(extending.extend(delivery, unit)).isEmpty();
        Delivery again = take(receiver);
        ack(receiver, again);
        assertThat(extending.extend(again, unit)).isEmpty();
        nothing(receiver);
    }

    @Test
    void renewalNeedsALengthOfTime() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        assertThatIllegalArgumentException().isThrownBy(() -> extending.extend(delivery, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> extending.extend(delivery, Duration.ofSeconds(-1)));
        accepted(settle(receiver, new Ack(delivery)));
    }

    @Test
    void renewalTakesNoAttempt() {
        Receiver receiver = receiver();
        Delivery delivery = delivered(receiver);
        LeaseExtending extending = extending(receiver, delivery);
        if (extending == null) {
            return;
        }
        assertThat(extending.extend(delivery, unit)).isPresent();
        release(receiver, delivery, Cause.FAILED);
        assertThat(take(receiver).attempt()).isEqualTo(delivery.attempt() + 1);
    }
}
