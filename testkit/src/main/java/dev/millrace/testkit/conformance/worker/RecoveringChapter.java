// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/* A broker that fails, hangs or goes away: the worker says so, goes on trying, and loses nothing. */
abstract class RecoveringChapter extends WorkerChapter {
    private final AtomicInteger times = new AtomicInteger();

    RecoveringChapter(WorkerContract contract) {
        super(contract);
    }

    private Worker startCounting() {
        return start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> times.incrementAndGet()));
    }

    private static void awaitStatus(Worker worker, Health.Status status) {
        WaitFor.until("health is " + status, () -> worker.health().status() == status);
    }

    @Test
    void failedReceivingIsTriedAgainOnANewReceiver() {
        Worker worker = startCounting();
        enqueue("before");
        awaitAcks(1);
        broker.receiving = BrokerException.passing("connection lost", null);
        events.await(3, Event.BrokerFailed.class);
        awaitStatus(worker, Health.Status.RECOVERING);
        assertThat(worker.health().queues().getFirst().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("connection lost"));
        broker.receiving = null;
        enqueue("after");
        awaitAcks(2);
        awaitStatus(worker, Health.Status.RUNNING);
        assertThat(broker.opened.get()).isGreaterThan(1);
        WaitFor.until("old receivers are closed", () -> broker.closed.get() == broker.opened.get() - 1);
        Event.BrokerRecovered recovered = events.await(Event.BrokerRecovered.class);
        assertThat(recovered.down()).isBetween(Duration.ofMillis(200), LONG);
    }

    @Test
    void brokerThatCannotBeReopenedIsTriedAgain() {
        Worker worker = startCounting();
        broker.opening = BrokerException.passing("no route", null);
        broker.receiving = broker.opening;
        events.await(4, Event.BrokerFailed.class);
        broker.opening = null;
        broker.receiving = null;
        enqueue("x");
        awaitAcks(1);
        awaitStatus(worker, Health.Status.RUNNING);
    }

    @Test
    void idleWorkerRecoversWithoutAJob() {
        Worker worker = startCounting();
        broker.receiving = BrokerException.passing("connection lost", null);
        awaitStatus(worker, Health.Status.RECOVERING);
        broker.receiving = null;
        events.await(Event.BrokerRecovered.class);
        awaitStatus(worker, Health.Status.RUNNING);
    }

    @Test
    void whateverABrokerThrowsIsTreatedAlike() {
        Worker worker = startCounting();
        for (Throwable fault : new Throwable[] {
            new IllegalStateException("bug"), new StackOverflowError("deep"), new AssertionError("bug")
        }) {
            int before = events.all(Event.BrokerFailed.class).size();
            broker.receiving = fault;
            events.await(before + 1, Event.BrokerFailed.class);
            broker.receiving = null;
            enqueue("x");
            awaitStatus(worker, Health.Status.RUNNING);
        }
        awaitAcks(3);
    }

    @Test
    void lastingFailureShowsInTheHealth() {
        Worker worker = startCounting();
        broker.receiving = BrokerException.lasting("disk is broken", null);
        awaitStatus(worker, Health.Status.STUCK);
        Event.BrokerFailed failed = events.await(Event.BrokerFailed.class);
        assertThat(failed.nextTry()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        assertThat(worker.health().queues().getFirst().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("disk is broken"));
    }

    @Test
    void brokerThatCannotBeReachedAtTheStartIsAnExceptionThere() {
        broker.opening = BrokerException.passing("no route", null);
        assertThatExceptionOfType(BrokerException.class).isThrownBy(this::startCounting);
    }

    @Test
    void secondQueueThatCannotBeOpenedLeavesNothingBehind() {
        String other = harness.freshQueue().value();
        FaultyBroker halfBroken = broker;
        Worker.Builder builder = worker().queue(queueName, 1)
                .queue(other, 1)
                .handle(queueName, (payload, job) -> {})
                .handle(other, (payload, job) -> {});
        halfBroken.openings = 1;
        assertThatExceptionOfType(BrokerException.class).isThrownBy(builder::start);
        assertThat(halfBroken.opened).hasValue(1);
        WaitFor.until("it is closed", () -> halfBroken.closed.get() == 1);
    }

    @Test
    void settlementsAreTriedAgainUntilTheyGetThrough() {
        broker.settling = BrokerException.passing("connection lost", null);
        Worker worker = startCounting();
        enqueue("x");
        events.await(3, Event.SettleFailed.class);
        awaitStatus(worker, Health.Status.RECOVERING);
        assertThat(worker.health().queues().getFirst().unsettled()).isEqualTo(1);
        broker.settling = null;
        assertThat(events.await(Event.Concluded.class).answer()).isIn(Settled.CONFIRMED, Settled.SENT);
        awaitStatus(worker, Health.Status.RUNNING);
        assertThat(times).hasValue(1);
        assertThat(events.all(Event.SettleFailed.class)).noneMatch(Event.SettleFailed::givenUp);
    }

    @Test
    void answerThatGotLostDoesNoHarm() {
        broker.answering = BrokerException.passing("answer lost", null);
        startCounting();
        enqueue(2);
        events.await(2, Event.SettleFailed.class);
        broker.answering = null;
        events.await(2, Event.Concluded.class);
        assertThat(times).hasValue(2);
        enqueue("next");
        events.await(3, Event.Concluded.class);
        assertThat(times).hasValue(3);
    }

    @Test
    @Tag("slow")
    void oneSettlementThatTheBrokerCannotBearDoesNotHoldUpTheOthers() {
        broker.poison = settlement -> settlement.delivery().payload().text().equals("poison");
        CountDownLatch gate = new CountDownLatch(1);
        start(worker().lease(Duration.ofMillis(500))
                .timeLimit(Duration.ofMillis(500))
                .queue(queueName, 8)
                .handle(queueName, (payload, job) -> await(gate)));
        enqueue("poison", Duration.ofMillis(500));
        enqueue(200);
        gate.countDown();
        events.await(200, Event.Concluded.class);
        assertThat(events.all(Event.Concluded.class)).noneMatch(concluded -> concluded.answer() == Settled.LOST);
        events.await(Event.SettleFailed.class);
        WaitFor.until(
                "it is given up when its lease is over",
                () -> events.all(Event.SettleFailed.class).stream().anyMatch(Event.SettleFailed::givenUp));
        broker.poison = null;
        WaitFor.until(
                "the job came again", () -> events.all(Event.Started.class).size() > 201);
    }

    @Test
    @Tag("slow")
    void settlementsAreGivenUpWhenTheLeaseIsOver() {
        broker.settling = BrokerException.passing("connection lost", null);
        start(worker().lease(Duration.ofMillis(300))
                .timeLimit(Duration.ofMillis(300))
                .queue(queueName, 2)
                .handle(queueName, (payload, job) -> times.incrementAndGet()));
        enqueue("x", Duration.ofMillis(300));
        WaitFor.until(
                "it is given up",
                () -> events.all(Event.SettleFailed.class).stream().anyMatch(Event.SettleFailed::givenUp));
        broker.settling = null;
        events.await(Event.Concluded.class);
        assertThat(times.get()).isGreaterThan(1);
    }

    /** It is the worker that is tested, and it takes long: mem: is enough for a run that is not. */
    @Test
    @Tag("slow")
    void workerThatIsAliveButDoesNotReceiveSaysSo() {
        if (isLongRun() || (hasTime() && !harness.durable())) {
            Worker worker = startCounting();
            awaitStatus(worker, Health.Status.RUNNING);
            CountDownLatch silence = new CountDownLatch(1);
            broker.receiveGate = silence;
            saysThatItIsSilent(worker, silence);
            broker.receiveGate = null;
            enqueue("x");
            awaitAcks(1);
            awaitStatus(worker, Health.Status.RUNNING);
        }
    }

    @Test
    @Tag("long")
    void workerWhoseSettlementsAreNotAnsweredSaysSo() {
        CountDownLatch silence = new CountDownLatch(1);
        broker.settleGate = silence;
        Worker worker = startCounting();
        enqueue("x");
        saysThatItIsSilent(worker, silence);
        awaitAcks(1);
        awaitStatus(worker, Health.Status.RUNNING);
    }

    private void saysThatItIsSilent(Worker worker, CountDownLatch silence) {
        WaitFor.until(
                "it says so",
                LONG.multipliedBy(2),
                () -> !events.all(Event.BrokerSilent.class).isEmpty());
        assertThat(worker.health().status()).isEqualTo(Health.Status.STUCK);
        assertThat(events.all(Event.BrokerFailed.class)).isEmpty();
        silence.countDown();
        awaitStatus(worker, Health.Status.RUNNING);
        assertThat(events.all(Event.BrokerSilent.class)).singleElement().satisfies(silent -> {
            assertThat(silent.queue()).isEqualTo(queue);
            assertThat(silent.since()).isBetween(Duration.ofSeconds(15), LONG.multipliedBy(2));
        });
    }

    @Test
    void runningHandlersGoOnWhileTheBrokerIsAway() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> {
            started.countDown();
            await(held);
        }));
        enqueue("x");
        await(started);
        broker.receiving = BrokerException.passing("connection lost", null);
        events.await(3, Event.BrokerFailed.class);
        broker.receiving = null;
        events.await(Event.BrokerRecovered.class);
        held.countDown();
        assertThat(events.await(Event.Concluded.class).answer()).isIn(Settled.CONFIRMED, Settled.SENT);
        assertThat(broker.settlements).hasOnlyElementsOfType(Settlement.Ack.class);
    }

    @Test
    void workerStopsWhileTheBrokerIsAway() {
        Worker worker = startCounting();
        broker.receiving = BrokerException.lasting("disk is broken", null);
        events.await(Event.BrokerFailed.class);
        Thread drain = Thread.startVirtualThread(() -> worker.drain(LONG));
        WaitFor.until("it stopped", Duration.ofSeconds(3), () -> !drain.isAlive());
    }
}
