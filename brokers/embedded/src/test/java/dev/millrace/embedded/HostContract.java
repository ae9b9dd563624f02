// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Renewal;
import dev.millrace.hosting.Renewal.Outcome;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Payload;
import dev.millrace.testkit.conformance.BrokerHarness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a server of another protocol may rely on, whatever the broker keeps its jobs in. */
abstract class HostContract extends HostQueuesChapter {
    HostContract(BrokerHarness harness) {
        super(harness);
    }

    @Test
    void jobIsTakenWithAllThatItCarries() {
        long number = host.add(job("q", "body").withHeader("a", "b").expiringAfter(Duration.ofSeconds(60)), TERMS);
        assertThat(host.take(5, "q"))
                .singleElement()
                .isEqualTo(new HostedJob(
                        number,
                        Caller.names("q").getFirst(),
                        Payload.text("body"),
                        java.util.Map.of("a", "b"),
                        60_000,
                        false,
                        0,
                        0,
                        Optional.empty()));
        assertThat(host.take(5, "q")).isEmpty();
        assertThat(host.ack(number, number, 999L)).isEqualTo(1);
        assertThat(host.show(number)).isEmpty();
    }

    @Test
    void takeVisitsQueuesInTurn() {
        host.addAll("a", 3, TERMS);
        host.addAll("b", 1, TERMS);
        host.addAll("c", 2, TERMS);
        assertThat(host.take(5, "a", "b", "c").stream()
                        .map(job -> job.queue().value() + job.payload().text()))
                .containsExactly("a0", "b0", "c0", "a1", "c1");
    }

    @Test
    void jobThatComesAgainGoesBeforeYoungerOnes() {
        List<Long> numbers = host.addAll("q", 5, TERMS);
        host.take(4, "q");
        assertThat(host.nack(numbers.get(2))).isEqualTo(1);
        assertThat(host.enqueue(numbers.get(1))).isEqualTo(1);
        assertThat(host.nack(numbers.get(3))).isEqualTo(1);
        assertThat(host.peek("q", 10)).containsExactly("1", "2", "3", "4");
        assertThat(host.peek("q", -3)).containsExactly("4", "3", "2");
        assertThat(host.peek("q", 2)).containsExactly("1", "2");
        pass(10_000);
        assertThat(host.peek("q", 10)).containsExactly("0", "1", "2", "3", "4");
        assertThat(host.bodies(10, "q")).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void delayedJobGoesBeforeThoseThatCameMeanwhile() {
        host.add(job("q", "late").after(Duration.ofSeconds(1)), TERMS);
        host.add("q", "young");
        pass(999);
        assertThat(host.peek("q", 9)).containsExactly("young");
        pass(1);
        assertThat(host.peek("q", 9)).containsExactly("late", "young");
    }

    @Test
    void frontJobGoesFirstUntilItWasTaken() {
        host.add("q", "a");
        long front = host.add(job("q", "front").atFront(), TERMS);
        host.add("q", "b");
        assertThat(host.peek("q", 9)).containsExactly("front", "a", "b");
        assertThat(host.peek("q", -9)).containsExactly("b", "a", "front");
        assertThat(host.bodies(1, "q")).containsExactly("front");
        host.nack(front);
        assertThat(host.peek("q", 9)).containsExactly("a", "front", "b");
    }

    @Test
    void retryCountsFromQueueing() {
        long number = host.add("q", "a");
        pass(9_500);
        assertThat(host.shown(number).requeueMillis()).isEqualTo(OptionalLong.of(500));
        host.take(1, "q");
        assertThat(host.shown(number).requeueMillis()).isEqualTo(OptionalLong.of(500));
        pass(499);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        pass(1);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
        assertThat(host.shown(number).job().requeues()).isEqualTo(1);
        pass(25_000);
        assertThat(host.take(1, "q").getFirst().requeues()).isEqualTo(1);
        assertThat(host.shown(number).requeueMillis()).isEqualTo(OptionalLong.of(5_000));
    }

    @Test
    void retryCountsFromDeliveryIfAskedTo() {
        Terms terms = new Terms(10_000, RetryClock.FROM_DELIVERY, Terms.NO_LIMIT, Terms.NO_LIMIT);
        long number = host.add(job("q", "a"), terms);
        pass(9_500);
        host.take(1, "q");
        pass(9_999);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        pass(1);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
    }

    @Test
    void jobWithoutRetryIsNeverQueuedTwice() {
        long taken = host.add(job("q", "a"), terms(0));
        assertThat(host.take(1, "q").getFirst().once()).isTrue();
        long dequeued = host.add(job("q", "b"), terms(0));
        assertThat(host.dequeue(dequeued)).isEqualTo(1);
        long delayed = host.add(job("q", "c").after(Duration.ofHours(1)), terms(0));
        assertThat(host.nack(taken, dequeued)).isZero();
        assertThat(host.enqueue(taken, dequeued)).isZero();
        assertThat(host.change(new Verb.Enqueue(true, 1_000), taken)).isZero();
        assertThat(host.enqueue(delayed)).isEqualTo(1);
        pass(100_000_000);
        assertThat(host.state(taken)).isEqualTo(State.ACTIVE);
        assertThat(host.state(dequeued)).isEqualTo(State.ACTIVE);
        assertThat(host.shown(taken).requeueMillis()).isEmpty();
        assertThat(host.peek("q", 9)).containsExactly("c");
        assertThat(host.ack(taken)).isEqualTo(1);
    }

    @Test
    void expiryEndsJobInAnyStateExactly() {
        Duration life = Duration.ofSeconds(30);
        long queued = host.add(job("a", "").expiringAfter(life), TERMS);
        long active = host.add(job("b", "").expiringAfter(life), TERMS);
        long once = host.add(job("c", "").expiringAfter(life), terms(0));
        long waiting = host.add(job("d", "").expiringAfter(life).after(Duration.ofHours(1)), TERMS);
        long dead = host.add(job("e", "").expiringAfter(life), TERMS);
        host.take(9, "b", "c");
        host.change(new Verb.Bury("bad"), dead);
        Kept<Ending> ending = host.awaitEnd(active);
        pass(29_999);
        for (long number : List.of(queued, active, once, waiting, dead)) {
            assertThat(host.show(number)).isPresent();
        }
        assertThat(ending.isThere()).isFalse();
        pass(1);
        for (long number : List.of(queued, active, once, waiting)) {
            assertThat(host.show(number)).isEmpty();
        }
        assertThat(ending.get()).isEqualTo(Ending.EXPIRED);
        assertThat(host.state(dead)).isEqualTo(State.DEAD);
    }

    @Test
    void countersTellNackFromOtherReturns() {
        long number = host.add("q", "a");
        host.take(1, "q");
        host.nack(number);
        host.take(1, "q");
        pass(10_000);
        host.take(1, "q");
        host.enqueue(number);
        assertThat(host.nack(number)).isZero();
        HostedJob job = host.take(1, "q").getFirst();
        assertThat(job.nacks()).isEqualTo(1);
        assertThat(job.requeues()).isEqualTo(2);
        assertThat(host.shown(number).deliveries()).isEqualTo(4);
    }

    @Test
    void firstQueueingIsNotCounted() {
        long enqueued = host.add(job("q", "a").after(Duration.ofSeconds(5)), TERMS);
        long waited = host.add(job("q", "b").after(Duration.ofSeconds(5)), TERMS);
        long nacked = host.add(job("q", "c").after(Duration.ofSeconds(5)), TERMS);
        host.enqueue(enqueued);
        host.nack(nacked);
        pass(5_000);
        assertThat(host.take(9, "q").stream().map(job -> job.nacks() + "," + job.requeues()))
                .containsExactly("0,0", "0,0", "1,0");
        assertThat(host.ack(enqueued, waited, nacked)).isEqualTo(3);
    }

    @Test
    void nackWithDelayWaitsAndCountsAtOnce() {
        long number = host.add("q", "a");
        host.take(1, "q");
        assertThat(host.change(new Verb.Enqueue(true, 3_000), number)).isEqualTo(1);
        assertThat(host.state(number)).isEqualTo(State.WAITING);
        assertThat(host.shown(number).job().nacks()).isEqualTo(1);
        pass(2_999);
        assertThat(host.take(1, "q")).isEmpty();
        pass(1);
        HostedJob job = host.take(1, "q").getFirst();
        assertThat(job.nacks()).isEqualTo(1);
        assertThat(job.requeues()).isZero();
    }

    @Test
    void dequeuedJobComesBackAtItsRetryTime() {
        long number = host.add("q", "a");
        pass(4_000);
        assertThat(host.dequeue(number)).isEqualTo(1);
        assertThat(host.dequeue(number)).isZero();
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        assertThat(host.queue("q").queued()).isZero();
        assertThat(host.shown(number).job().requeues()).isZero();
        pass(6_000);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
        assertThat(host.shown(number).job().requeues()).isEqualTo(1);
        assertThat(host.shown(number).deliveries()).isZero();
    }

    @Test
    void renewingBeginsTheRetryTimeAnew() {
        long number = host.add(job("q", "a").expiringAfter(Duration.ofSeconds(60)), TERMS);
        pass(9_000);
        host.take(1, "q");
        assertThat(host.renew(number)).isEqualTo(new Renewal(Outcome.RENEWED, 10_000));
        pass(9_999);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        pass(1);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
        assertThat(host.renew(number).outcome()).isEqualTo(Outcome.RENEWED);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        pass(11_001);
        assertThat(host.renew(number).outcome()).isEqualTo(Outcome.TOO_LATE);
        assertThat(host.renew(4711).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void jobThatWasDeliveredOftenEnoughIsPutAside() {
        for (boolean nack : new boolean[] {true, false}) {
            long number = host.add(job("q", "a"), Caller.atMost(2));
            Kept<Ending> ending = host.awaitEnd(number);
            host.take(1, "q");
            host.enqueue(number);
            host.take(1, "q");
            if (nack) {
                assertThat(host.nack(number)).isEqualTo(1);
            } else {
                pass(10_000);
            }
            assertThat(host.state(number)).isEqualTo(State.DEAD);
            assertThat(host.shown(number).job().headers().get("millrace-dead-reason"))
                    .contains("2 times");
            assertThat(ending.get()).isEqualTo(Ending.DEAD);
            assertThat(host.queue("q").dead()).isEqualTo(1);
            host.ack(number);
        }
    }

    @Test
    void viewShowsWhatTheJobAskedFor() {
        long number = host.add(
                job("q", "a").withId("mine").after(Duration.ofSeconds(2)).expiringAfter(Duration.ofSeconds(90)),
                terms(7_000));
        HostedView view = host.shown(number);
        assertThat(view.chosenId().orElseThrow().value()).isEqualTo("mine");
        assertThat(view.delayMillis()).isEqualTo(2_000);
        assertThat(view.retryMillis()).isEqualTo(7_000);
        assertThat(view.state()).isEqualTo(State.WAITING);
        assertThat(view.requeueMillis()).isEqualTo(OptionalLong.of(2_000));
        assertThat(view.job().lifeMillis()).isEqualTo(90_000);
        assertThat(host.added(job("other", "b").withId("mine"), TERMS))
                .satisfies(added -> assertThat(added.number()).isEqualTo(number))
                .satisfies(added -> assertThat(added.result()).isInstanceOf(EnqueueResult.Duplicate.class));
    }
}
