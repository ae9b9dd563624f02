// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is closed hands out nothing, wakes who waits, and loses no job. On the system's time. */
abstract class ClosingChapter extends Chapter {
    ClosingChapter(BrokerContract contract) {
        super(contract);
    }

    @Override
    Broker open() {
        return harness.openOnSystemTime();
    }

    private Duration shortLease() {
        return timing.patience().isZero() ? Duration.ofMillis(300) : unit;
    }

    /** Waits for jobs that come when a lease of real time has ended. */
    private List<Delivery> takePatiently(Receiver receiver, int count) {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Delivery> more = ask(receiver, count - taken.size(), deadline);
            assertThat(more).as("deliveries that must come").isNotEmpty();
            taken.addAll(more);
        }
        return taken;
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(call)
                .withMessageContaining("closed")
                .matches(e -> !e.isPassing(), "lasting");
    }

    @Test
    void closingWakesAWaitingReceiver() {
        Receiver receiver = receiver();
        Background<List<Delivery>> waiting =
                Background.start(() -> receiver.receive(1, deadline)).settled();
        Stopwatch stopwatch = new Stopwatch();
        receiver.close();
        assertThat(waiting.result()).isEmpty();
        assertThat(stopwatch.elapsed()).isLessThan(deadline.dividedBy(2));
    }

    @Test
    void closedReceiverGetsNothing() {
        Receiver receiver = receiver();
        receiver.close();
        stored(job("for others"));
        Stopwatch stopwatch = new Stopwatch();
        assertThat(ask(receiver, 1, deadline)).isEmpty();
        assertThat(stopwatch.elapsed()).isLessThan(deadline.dividedBy(2));
        assertThat(texts(takePatiently(receiver(), 1))).containsExactly("for others");
    }

    @Test
    void receiverMayBeClosedTwice() {
        Receiver receiver = receiver();
        receiver.close();
        receiver.close();
    }

    @Test
    void receiverMayBeClosedByManyThreads() {
        Receiver receiver = receiver();
        List<Background<Boolean>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(Background.start(() -> {
                receiver.close();
                return true;
            }));
        }
        closers.forEach(Background::result);
        nothing(receiver);
    }

    @Test
    void unsettledJobsOfAClosedReceiverComeAgain() {
        stored(jobs(5).stream().map(job -> job.withTimeLimit(shortLease())).toList());
        Receiver receiver = receiver(shortLease());
        List<Delivery> held = takePatiently(receiver, 3);
        ack(receiver, held.getFirst());
        receiver.close();
        Receiver next = receiver(deadline);
        List<JobId> again = new ArrayList<>();
        while (again.size() < 4) {
            // At once: where the job decides on its lease, it comes once more while others are awaited.
            Delivery delivery = takePatiently(next, 1).getFirst();
            ack(next, delivery);
            again.add(delivery.id());
        }
        assertThat(again).doesNotContain(held.getFirst().id()).doesNotHaveDuplicates();
    }

    @Test
    void settlingAfterClosingIsAnsweredTruthfully() {
        stored(job("settled late").withTimeLimit(shortLease()));
        Receiver receiver = receiver(shortLease());
        Delivery delivery = takePatiently(receiver, 1).getFirst();
        receiver.close();
        Settled answer = settle(receiver, new Ack(delivery));
        Receiver next = receiver(deadline);
        if (answer == Settled.LOST) {
            takePatiently(next, 1);
        } else {
            assertThat(ask(next, 1, shortLease().plusMillis(200))).isEmpty();
        }
    }

    @Test
    void closingOneReceiverLeavesTheOthersAlone() {
        Receiver one = receiver();
        Receiver two = receiver();
        Background<List<Delivery>> waiting =
                Background.start(() -> two.receive(1, deadline)).settled();
        one.close();
        waiting.settled();
        stored(job("still here"));
        assertThat(texts(waiting.result())).containsExactly("still here");
    }

    @Test
    void closingLosesNothingThatWasOnItsWay() {
        int count = 200;
        stored(jobs(count).stream().map(job -> job.withTimeLimit(shortLease())).toList());
        List<String> handled = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Receiver receiver = receiver(subscription(7, shortLease(), Guarantee.AT_LEAST_ONCE));
            Background<List<Delivery>> receiving = Background.start(() -> receiver.receive(3, deadline));
            receiver.close();
            receiving.result();
        }
        Receiver last = receiver(deadline);
        while (handled.size() < count) {
            List<Delivery> some = takePatiently(last, 1);
            handled.addAll(texts(some));
            ackAll(last, some);
        }
        assertThat(handled).doesNotHaveDuplicates();
        nothing(last);
    }

    @Test
    void brokerMayBeClosedTwice() {
        broker.close();
        broker.close();
    }

    @Test
    void closingTheBrokerWakesItsReceivers() {
        Receiver receiver = receiver();
        Background<List<Delivery>> waiting =
                Background.start(() -> receiver.receive(1, deadline)).settled();
        broker.close();
        try {
            assertThat(waiting.result()).isEmpty();
        } catch (BrokerException e) {
            assertThat(e).hasMessageContaining("closed");
        }
    }

    @Test
    void closedBrokerRefusesWithALastingFailure() {
        stored(job("kept"));
        broker.close();
        refused(() -> broker.send(List.of(job("late"))));
        refused(() -> broker.receiver(subscription(1, unit, Guarantee.AT_LEAST_ONCE)));
    }

    @Test
    void closedBrokerStillTellsWhatItIs() {
        String name = broker.name();
        broker.close();
        assertThat(broker.name()).isEqualTo(name);
        assertThat(broker.capabilities()).isNotNull();
    }
}
