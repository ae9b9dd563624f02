// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/*
 * A job is one worker's own for the length of a lease, then anybody's. Where the connection is the lease, it ends when
 * the receiver closes. Jobs state the unit as their time limit, for brokers where the job decides.
 */
abstract class LeasesChapter extends Chapter {
    LeasesChapter(BrokerContract contract) {
        super(contract);
    }

    private Job leased(String text) {
        return job(text).withTimeLimit(unit);
    }

    private boolean byConnection() {
        return broker.capabilities().leases() == LeaseScope.CONNECTION;
    }

    /** Ends the lease of what the receiver holds. */
    private void end(Receiver receiver) {
        if (byConnection()) {
            receiver.close();
        } else {
            pass(unit);
        }
    }

    private void tooLate(Settled answer) {
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(answer).isEqualTo(Settled.LOST);
        } else {
            assertThat(answer).isNotNull();
        }
    }

    @Test
    @Proves(Promise.LEASES)
    void leasedJobIsNobodyElsesUntilItsLeaseEnds() {
        stored(leased("mine"));
        Receiver first = receiver();
        take(first);
        Receiver second = receiver();
        nothing(second);
        if (byConnection()) {
            pass(unit.multipliedBy(3));
        } else {
            passNearly(unit);
        }
        nothing(second);
        nothing(first);
        if (byConnection()) {
            first.close();
        } else {
            passTick();
        }
        assertThat(take(second).payload().text()).isEqualTo("mine");
        nothing(second);
    }

    @Test
    void receiverGetsItsOwnLostJobAgain() {
        stored(leased("mine"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        end(receiver);
        Delivery second = take(byConnection() ? receiver() : receiver);
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void leaseUntilTellsTheEnd() {
        stored(leased("mine"));
        Delivery first = take(receiver());
        pass(unit);
        stored(leased("second"));
        Receiver receiver = receiver();
        Delivery again = take(receiver);
        if (byConnection()) {
            assertThat(first.leaseUntil()).isEmpty();
            return;
        }
        Instant end = first.leaseUntil().orElseThrow();
        assertThat(Duration.between(end, again.leaseUntil().orElseThrow()))
                .isBetween(
                        unit.minus(timing.tick()), unit.plus(timing.patience()).plus(timing.tick()));
    }

    @Test
    @Proves(Promise.SETTLES)
    void lateAcknowledgementIsAnsweredAndEndsWhatIsDeclared() {
        stored(leased("contested"));
        Receiver slow = receiver();
        Delivery late = take(slow);
        end(slow);
        Receiver next = receiver();
        Delivery again = take(next);
        tooLate(settle(slow, new Ack(late)));
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            accepted(settle(next, new Release(again, Duration.ZERO, Cause.FAILED)));
            ack(next, take(next));
        } else {
            settle(next, new Ack(again));
        }
        pass(unit.multipliedBy(2));
        nothing(next);
    }

    @Test
    void lateAcknowledgementBeforeTheNextDeliveryTakesNothingAway() {
        stored(leased("unclaimed"));
        Receiver slow = receiver();
        Delivery late = take(slow);
        end(slow);
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(settle(slow, new Ack(late))).isEqualTo(Settled.LOST);
            take(receiver());
            return;
        }
        settle(slow, new Ack(late));
        nothing(receiver());
    }

    @Test
    void lateReleaseDoesNotHarmTheNextDelivery() {
        lateSettlementDoesNotHarm(late -> new Release(late, Duration.ZERO, Cause.FAILED, Map.of()));
    }

    @Test
    void lateDeadLetterDoesNotHarmTheNextDelivery() {
        stored(leased("probe"));
        Receiver probe = receiver();
        Delivery delivery = take(probe);
        if (refuses(Feature.DEAD_LETTER, probe, new DeadLetter(delivery, "late"))) {
            return;
        }
        ack(probe, delivery);
        lateSettlementDoesNotHarm(late -> new DeadLetter(late, "late"));
    }

    private void lateSettlementDoesNotHarm(Function<Delivery, Settlement> settlement) {
        stored(leased("contested"));
        Receiver slow = receiver();
        Delivery late = take(slow);
        end(slow);
        Receiver next = receiver();
        Delivery again = take(next);
        tooLate(settle(slow, settlement.apply(late)));
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            nothing(next);
            ack(next, again);
        }
        nothing(next);
    }

    @Test
    void lostDeliveryMakesRoomOnceItIsSettled() {
        stored(leased("slow"));
        Receiver slow = receiver(subscription(1, unit, Guarantee.AT_LEAST_ONCE));
        Delivery lost = take(slow);
        end(slow);
        Receiver quick = receiver();
        ack(quick, take(quick));
        tooLate(settle(slow, new Ack(lost)));
        stored(leased("next"));
        assertThat(texts(take(byConnection() ? quick : slow, 1))).containsExactly("next");
    }

    @Test
    void eachDeliveryHasALeaseOfItsOwn() {
        stored(leased("first"));
        Receiver receiver = receiver();
        take(receiver);
        if (byConnection()) {
            nothing(receiver());
            return;
        }
        pass(timing.tick().multipliedBy(2));
        stored(leased("second"));
        Stopwatch second = new Stopwatch();
        take(receiver);
        pass(unit.minus(timing.tick().multipliedBy(2)));
        assertThat(texts(take(receiver(), 1))).containsExactly("first");
        nothingWithin(unit, second, receiver());
        pass(timing.tick().multipliedBy(2));
        assertThat(texts(take(receiver(), 1))).containsExactly("second");
    }

    @Test
    void receiversDecideOnTheirLeasesWhereTheyMay() {
        stored(List.of(leased("short"), leased("long")));
        Receiver shorter = receiver(unit);
        Receiver longer = receiver(broker.capabilities().leases() == LeaseScope.RECEIVE ? unit.multipliedBy(2) : unit);
        Delivery brief = take(shorter);
        Stopwatch taken = new Stopwatch();
        take(longer);
        if (broker.capabilities().leases() != LeaseScope.RECEIVE) {
            end(shorter);
            assertThat(take(receiver()).id()).isEqualTo(brief.id());
            return;
        }
        pass(unit);
        Delivery again = take(longer);
        assertThat(again.id()).isEqualTo(brief.id());
        ack(longer, again);
        passNearly(unit);
        nothingWithin(unit.multipliedBy(2), taken, longer);
        passTick();
        assertThat(texts(take(longer, 1))).containsExactly("long");
    }

    @Test
    void manyLeasesMayEndTogether() {
        int many = harness.manyLeases();
        List<Job> jobs = jobs(many).stream().map(job -> job.withTimeLimit(unit)).toList();
        stored(jobs);
        Receiver first = receiver();
        take(first, many);
        end(first);
        Receiver second = receiver();
        List<Delivery> again = take(second, many);
        assertThat(again).extracting(Delivery::id).doesNotHaveDuplicates();
        nothing(second);
        ackAll(second, again);
    }
}
