// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Pause;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.conformance.BrokerHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a host does for consumers who say themselves for how long they take a job, and wait before they do. */
abstract class HostConsumersContract extends HostChapter {
    private static final Verb ACK = new Verb.End(Ending.ACKED);
    private static final Verb PUT_BACK = new Verb.PutBack();

    HostConsumersContract(BrokerHarness harness) {
        super(harness);
    }

    @Test
    void leaseOfTheTakeHoldsInPlaceOfTheJobs() {
        long number = host.add("q", "a");
        assertThat(host.takeFor(70_000, 1, "q")).hasSize(1);
        pass(69_999);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        pass(1);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
        assertThat(host.take(1, "q").getFirst().requeues()).isEqualTo(1);
        pass(10_000);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
    }

    @Test
    void jobThatIsDeliveredAtMostOnceNeverComesAgain() {
        long number = host.add(job("q", "a"), terms(0));
        assertThat(host.takeFor(1, 1, "q")).hasSize(1);
        pass(1_000_000);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        assertThat(host.change(PUT_BACK, number)).isZero();
    }

    @Test
    void leaseOfAJobThatCameWithoutAHostIsTheTakesToo() {
        broker.send(List.of(Job.of("q", Payload.text("a")).withTimeLimit(Duration.ofSeconds(500))));
        assertThat(host.takeFor(1_000, 1, "q")).hasSize(1);
        pass(999);
        assertThat(host.bodies(1, "q")).isEmpty();
        pass(1);
        long number = host.takeFor(1_000, 1, "q").getFirst().number();
        broker.send(List.of(Job.of("q", Payload.text("b"))));
        assertThat(host.change(PUT_BACK, number)).isEqualTo(1);
        assertThat(host.bodies(2, "q")).containsExactly("a", "b");
    }

    @Test
    void leaseOfNothingEndsTheJob() {
        long number = host.add("q", "a");
        assertThat(Caller.texts(host.takeFor(0, 5, "q"))).containsExactly("a");
        assertThat(host.show(number)).isEmpty();
        assertThat(host.ack(number)).isZero();
        if (harness.durable()) {
            broker = harness.crash(broker);
            host = Caller.of(broker);
            assertThat(host.take(5, "q")).isEmpty();
        }
    }

    @Test
    void whatWentFirstGoesFirstAgainWhenItsLeaseEnds() {
        host.addAll("q", 2, TERMS);
        host.add(job("q", "front").atFront(), TERMS);
        assertThat(Caller.texts(host.takeFor(5, 2, "q"))).containsExactly("front", "0");
        pass(5);
        assertThat(host.peek("q", 9)).containsExactly("front", "0", "1");
        assertThat(host.peek("q", -9)).containsExactly("1", "0", "front");
    }

    @Test
    void jobThatIsPutBackGoesBeforeAllOthers() {
        List<Long> numbers = host.addAll("q", 4, TERMS);
        host.takeFor(60_000, 3, "q");
        assertThat(host.change(PUT_BACK, numbers.get(0), numbers.get(2), numbers.get(3), 999L))
                .isEqualTo(2);
        assertThat(host.peek("q", 9)).containsExactly("2", "0", "3");
        assertThat(host.peek("q", -9)).containsExactly("3", "0", "2");
        HostedJob again = host.takeFor(7, 1, "q").getFirst();
        assertThat(again.nacks()).isEqualTo(1);
        pass(7);
        assertThat(host.state(numbers.get(2))).isEqualTo(State.QUEUED);
        assertThat(host.peek("q", 9)).containsExactly("0", "2", "3");
    }

    @Test
    void putBackIsTheEndOfAJobThatWasDeliveredAsOftenAsItMay() {
        long number = host.add(job("q", "a"), Caller.atMost(1));
        host.takeFor(1_000, 1, "q");
        assertThat(host.change(PUT_BACK, number)).isEqualTo(1);
        assertThat(host.state(number)).isEqualTo(State.DEAD);
    }

    @Test
    void jobIsChangedByItsChosenIdInItsQueue() {
        host.add(job("q", "a").withId("mine"), TERMS);
        assertThat(host.takeFor(1_000, 1, "q").getFirst().id().orElseThrow().value())
                .isEqualTo("mine");
        assertThat(host.change(ACK, "other", "mine", 0)).isZero();
        assertThat(host.change(PUT_BACK, "q", "mine", 0)).isEqualTo(1);
        assertThat(host.change(PUT_BACK, "q", "mine", 0)).isZero();
        assertThat(host.change(ACK, "q", "mine", 0)).isEqualTo(1);
        assertThat(host.change(ACK, "q", "mine", 0)).isZero();
    }

    @Test
    void otherwiseTheNumberIsMeant() {
        long number = host.add("q", "a");
        host.add(job("q", "b").withId("mine"), TERMS);
        assertThat(host.change(ACK, "other", "none", number)).isZero();
        assertThat(host.change(ACK, "q", "mine", number)).isEqualTo(1);
        assertThat(host.peek("q", 9)).containsExactly("a");
        assertThat(host.change(ACK, "q", "none", number)).isEqualTo(1);
    }

    @Test
    void jobIsChangedInTheTurnThatStoresIt() {
        Kept<Integer> changed = new Kept<>();
        Kept<Call.Added> again = new Kept<>();
        host.host()
                .run(List.of(
                        new Call.Add(job("q", "a").withId("mine"), TERMS, new Kept<>()),
                        new Call.ChangeChosen(ACK, new QueueName("q"), new JobId("mine"), 0, changed),
                        new Call.Add(job("q", "b").withId("mine"), TERMS, again)));
        assertThat(changed.get()).isEqualTo(1);
        assertThat(host.peek("q", 9)).containsExactly("b");
    }

    @Test
    void whoAsksIsToldOfEachQueueInTurn() {
        assertThat(host.awaitReady(false, "a", "b").get()).isEmpty();
        host.add("a", "1");
        host.add("b", "1");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            told.add(host.awaitReady(true, "a", "b").get().orElseThrow().value());
        }
        assertThat(told).containsExactlyInAnyOrder("a", "b", "a", "b");
        assertThat(host.bodies(1, "a")).containsExactly("1");
        assertThat(host.awaitReady(false, "a").get()).isEmpty();
    }

    @Test
    void allWhoWaitAreToldAndNobodyTakes() {
        Kept<Optional<QueueName>> one = host.awaitReady(true, "a", "q");
        Kept<Optional<QueueName>> other = host.awaitReady(true, "q");
        assertThat(host.queue("q").takers()).isEqualTo(2);
        host.add("b", "x");
        assertThat(one.isThere()).isFalse();
        host.add("q", "x");
        assertThat(one.get()).map(QueueName::value).contains("q");
        assertThat(other.get()).map(QueueName::value).contains("q");
        assertThat(host.queue("q").takers()).isZero();
        assertThat(host.peek("q", 9)).containsExactly("x");
    }

    @Test
    void thoseWhoTakeAndThoseWhoAskAreServedInTheirOrder() {
        Kept<List<HostedJob>> taker = host.await(1, "q");
        Kept<Optional<QueueName>> asker = host.awaitReady(true, "q");
        host.add("q", "1");
        assertThat(taker.get()).hasSize(1);
        assertThat(asker.isThere()).isFalse();
        Kept<List<HostedJob>> next = host.await(1, "q");
        host.add("q", "2");
        assertThat(asker.get()).isPresent();
        assertThat(Caller.texts(next.get())).containsExactly("2");
    }

    @Test
    void jobThatComesAgainWakesWhoeverAsks() {
        host.add("q", "a");
        host.takeFor(500, 1, "q");
        Kept<Optional<QueueName>> asker = host.awaitReady(true, "q");
        assertThat(host.host().idleMillis()).isBetween(1L, 500L);
        pass(500);
        assertThat(asker.get()).isPresent();
        host.takeFor(500, 1, "q");
        Kept<Optional<QueueName>> paused = host.awaitReady(true, "q");
        host.pause("q", Pause.OUT);
        pass(500);
        assertThat(paused.isThere()).isFalse();
        host.pause("q", Pause.NONE);
        assertThat(paused.get()).isPresent();
    }

    @Test
    void whoDoesNotWaitAnyMoreHearsNothing() {
        Kept<Optional<QueueName>> kept = new Kept<>();
        Call.AwaitReady call = new Call.AwaitReady(Caller.names("q"), true, kept);
        host.host().run(List.of(call));
        assertThat(host.host().withdraw(call)).isTrue();
        assertThat(host.host().withdraw(call)).isFalse();
        host.add("q", "a");
        assertThat(kept.isThere()).isFalse();
        Kept<Optional<QueueName>> dismissed = host.awaitReady(true, "other");
        broker.close();
        assertThat(dismissed.get()).isEmpty();
    }

    @Test
    void flushOfAQueueEndsWhatWorkersHaveToo() {
        List<Long> numbers = host.addAll("q", 5, TERMS);
        host.add(job("q", "later").after(Duration.ofSeconds(9)), TERMS);
        host.add("r", "stays");
        host.take(2, "q");
        host.change(new Verb.Bury("bad"), numbers.getFirst());
        assertThat(host.flush("q")).isEqualTo(5);
        assertThat(host.flush("q")).isZero();
        assertThat(host.flush("never")).isZero();
        assertThat(host.state(numbers.getFirst())).isEqualTo(State.DEAD);
        assertThat(host.ack(numbers.get(1))).isZero();
        assertThat(host.peek("r", 9)).containsExactly("stays");
    }
}
