// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that is handed back comes again, later if that was asked, and its attempts are counted. */
abstract class RetriesChapter extends Chapter {
    RetriesChapter(BrokerContract contract) {
        super(contract);
    }

    private void attempt(Delivery delivery, int exact) {
        attempt(delivery, exact, 0);
    }

    /** An approximate count may take those for attempts that nobody tried. */
    private void attempt(Delivery delivery, int exact, int untried) {
        AttemptCount count = broker.capabilities().attempts();
        switch (count) {
            case EXACT -> assertThat(delivery.attempt()).isEqualTo(exact);
            case APPROXIMATE -> assertThat(delivery.attempt()).isBetween(1, exact + Math.max(2, untried));
            case NONE -> assertThat(delivery.attempt()).isEqualTo(1);
        }
    }

    private Receiver endLease(Receiver receiver) {
        if (broker.capabilities().leases() == LeaseScope.CONNECTION) {
            receiver.close();
            return receiver();
        }
        pass(unit);
        return receiver;
    }

    @Test
    @Proves(Promise.ATTEMPTS)
    void failedAttemptsAndEndedLeasesCountAndUntriedOnesDoNot() {
        stored(job("hard").withTimeLimit(unit));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        attempt(delivery, 1);
        release(receiver, delivery, Cause.FAILED);
        delivery = take(receiver);
        attempt(delivery, 2);
        release(receiver, delivery, Cause.NOT_TRIED);
        delivery = take(receiver);
        attempt(delivery, 2);
        receiver = endLease(receiver);
        delivery = take(receiver);
        attempt(delivery, 3);
        release(receiver, delivery, Cause.NOT_TRIED);
        release(receiver, take(receiver), Cause.NOT_TRIED);
        attempt(take(receiver), 3, 3);
    }

    @Test
    void manyAttemptsAreCounted() {
        stored(job("very hard"));
        Receiver receiver = receiver();
        for (int i = 1; i <= 300; i++) {
            Delivery delivery = take(receiver);
            attempt(delivery, i);
            release(receiver, delivery, Cause.FAILED);
        }
    }

    @Test
    void attemptsOfOneJobAreNotThoseOfAnother() {
        stored(List.of(job("one"), job("two")));
        Receiver receiver = receiver();
        List<Delivery> both = take(receiver, 2);
        release(receiver, both.get(0), Cause.FAILED);
        ack(receiver, both.get(1));
        stored(job("three"));
        for (Delivery delivery : take(receiver, 2)) {
            attempt(delivery, delivery.id().equals(both.get(0).id()) ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Promise.DELAYED_RETRY)
    void releasedJobComesBackAfterItsDelayToTheTick(Cause cause) {
        stored(job("again"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        Release later = new Release(first, unit, cause);
        if (refuses(Feature.DELAYED_RETRY, receiver, later)) {
            return;
        }
        accepted(settle(receiver, later));
        nothing(receiver);
        passNearly(unit);
        nothing(receiver);
        passTick();
        Delivery second = take(receiver);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.payload()).isEqualTo(first.payload());
        attempt(second, cause == Cause.FAILED ? 2 : 1);
        nothing(receiver);
    }

    @Test
    void delayOfARetryIsItsOwnAndNotTheRestOfTheLease() {
        stored(job("again"));
        Receiver receiver = receiver(unit.multipliedBy(2));
        Delivery first = take(receiver);
        Release later = new Release(first, unit.multipliedBy(3), Cause.FAILED);
        if (refuses(Feature.DELAYED_RETRY, receiver, later)) {
            return;
        }
        accepted(settle(receiver, later));
        pass(unit.multipliedBy(2));
        nothing(receiver);
        pass(unit);
        take(receiver);
    }

    @Test
    void releaseWithoutDelayIsAtOnceOnEveryBroker() {
        stored(job("again"));
        Receiver receiver = receiver();
        for (Cause cause : Cause.values()) {
            accepted(settle(receiver, new Release(take(receiver), Duration.ZERO, cause)));
        }
        take(receiver);
    }

    @Test
    void delayedRetryKeepsHeadersAndAddsItsOwn() {
        if (refuses(Feature.HEADERS, job("x").withHeader("a", "1"))) {
            return;
        }
        stored(job("again").withHeader("a", "1").withHeader("b", "2"));
        Receiver receiver = receiver();
        Release later = new Release(take(receiver), unit, Cause.FAILED, header("b", "two"));
        if (refuses(Feature.DELAYED_RETRY, receiver, later)) {
            return;
        }
        accepted(settle(receiver, later));
        pass(unit);
        Delivery again = take(receiver);
        assertThat(again.headers()).isEqualTo(Map.of("a", "1", "b", "two"));
        release(receiver, again, Cause.FAILED);
        assertThat(take(receiver).headers()).isEqualTo(again.headers());
    }

    @Test
    void otherJobsDoNotWaitForARetry() {
        stored(List.of(job("again"), job("next")));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        Release later = new Release(first, unit, Cause.FAILED);
        if (refuses(Feature.DELAYED_RETRY, receiver, later)) {
            return;
        }
        accepted(settle(receiver, later));
        assertThat(take(receiver).id()).isNotEqualTo(first.id());
        nothing(receiver);
    }
}
