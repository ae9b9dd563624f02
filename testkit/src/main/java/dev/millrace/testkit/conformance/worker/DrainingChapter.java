// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/*
 * Stopping: in good order, twice, early, by many, and with everything in the way.
 *
 * Over 300 lines: a list of tests, one for each thing that may be in the way.
 */
abstract class DrainingChapter extends WorkerChapter {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);

    DrainingChapter(WorkerContract contract) {
        super(contract);
    }

    private Worker startHolding() {
        return start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            started.countDown();
            held.await();
        }));
    }

    @Test
    void drainLetsHandlersEndAndReceivesNoMore() {
        Worker worker = startHolding();
        enqueue(3);
        await(started);
        Thread drain = Thread.startVirtualThread(() -> worker.drain(LONG));
        WaitFor.until("it drains", () -> worker.health().status() == Health.Status.DRAINING);
        held.countDown();
        join(drain);
        assertThat(acks()).isEqualTo(1);
        assertThat(events.all(Event.Received.class)).hasSize(1);
        assertThat(worker.health().status()).isEqualTo(Health.Status.STOPPED);
        assertThat(broker.closed).hasValue(broker.opened.get());
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {}));
        awaitAcks(3);
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(LONG)).as("the thread ended").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void jobsBeyondThePatienceAreHandedBackAndTheAttemptDoesNotCount() {
        Worker worker = startHolding();
        enqueue(2);
        await(started);
        worker.drain(Duration.ofMillis(50));
        assertThat(releases()).singleElement().satisfies(release -> {
            assertThat(release.cause()).isEqualTo(Cause.NOT_TRIED);
            assertThat(release.delay()).isZero();
            assertThat(release.headers()).isEmpty();
        });
        assertThat(events.all(Event.HandedBack.class)).hasSize(1);
        assertThat(events.all(Event.Failed.class)).isEmpty();
        List<Integer> attempts = new ArrayList<>();
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> attempts.add(job.attempt())));
        awaitAcks(2);
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(attempts).containsExactly(1, 1);
        }
    }

    @Test
    void handlerThatEndsWellInSpiteOfTheInterruptIsDone() {
        Worker worker = start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            started.countDown();
            try {
                block();
            } catch (InterruptedException e) {
                assertThat(job.cancelled()).isTrue();
            }
        }));
        enqueue("x");
        await(started);
        worker.drain(Duration.ZERO);
        assertThat(acks()).isEqualTo(1);
        assertThat(releases()).isEmpty();
    }

    @Test
    void jobOfADeafHandlerIsHandedBackToo() {
        Worker worker = start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            started.countDown();
            while (!stop.get()) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
        }));
        enqueue("x");
        await(started);
        worker.drain(Duration.ZERO);
        assertThat(releases())
                .singleElement()
                .satisfies(release -> assertThat(release.cause()).isEqualTo(Cause.NOT_TRIED));
        assertThat(events.all(Event.HandlerStuck.class)).hasSize(1);
        stop.set(true);
        assertThat(WaitFor.within(Duration.ofMillis(100), () -> acks() > 0)).isFalse();
    }

    @Test
    void drainingTwiceIsDrainingOnce() {
        Worker worker = start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> {}));
        enqueue(10);
        awaitAcks(10);
        worker.drain(LONG);
        worker.drain(LONG);
        worker.close();
        assertThat(events.all(Event.WorkerDraining.class)).hasSize(1);
        assertThat(events.all(Event.WorkerStopped.class)).hasSize(1);
        assertThat(events.all()).last().isInstanceOf(Event.WorkerStopped.class);
    }

    @Test
    void manyDrainAtOnceAndTheShortestPatienceCounts() {
        Worker worker = startHolding();
        enqueue("x");
        await(started);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(() -> worker.drain(LONG.multipliedBy(2))));
        }
        WaitFor.until("it drains", () -> worker.health().status() == Health.Status.DRAINING);
        worker.drain(Duration.ZERO);
        threads.forEach(DrainingChapter::join);
        assertThat(releases()).hasSize(1);
    }

    @Test
    void interruptEndsThePatienceAndStaysSet() {
        Worker worker = startHolding();
        enqueue("x");
        await(started);
        AtomicInteger interrupted = new AtomicInteger();
        List<Thread> drains = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            drains.add(Thread.ofPlatform().start(() -> {
                worker.drain(LONG.multipliedBy(2));
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            }));
        }
        WaitFor.until("it drains", () -> worker.health().status() == Health.Status.DRAINING);
        drains.getLast().interrupt();
        drains.forEach(DrainingChapter::join);
        assertThat(interrupted).hasValue(1);
        assertThat(releases()).hasSize(1);
        assertThat(worker.health().status()).isEqualTo(Health.Status.STOPPED);
    }

    @Test
    void callerThatIsInterruptedAlreadyHasNoPatience() {
        Worker worker = startHolding();
        enqueue("x");
        await(started);
        Thread.currentThread().interrupt();
        worker.drain(LONG.multipliedBy(2));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(releases()).hasSize(1);
    }

    @Test
    void workerCanBeStoppedFromItsOwnHandler() {
        AtomicReference<Worker> self = new AtomicReference<>();
        CountDownLatch returned = new CountDownLatch(1);
        self.set(start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            started.await();
            self.get().drain(Duration.ofMillis(50));
            returned.countDown();
        })));
        started.countDown();
        enqueue("x");
        await(returned);
        WaitFor.until("it stopped", () -> self.get().health().status() == Health.Status.STOPPED);
    }

    @Test
    void workerCanBeStoppedFromItsObserver() {
        AtomicReference<Worker> self = new AtomicReference<>();
        self.set(start(worker().observer(event -> {
                    if (event instanceof Event.WorkerDraining) {
                        self.get().close();
                    }
                })
                .queue(queueName, 1)
                .handle(queueName, (payload, job) -> {})));
        self.get().close();
        assertThat(events.all(Event.WorkerStopped.class)).hasSize(1);
    }

    @Test
    void idleWorkerStopsAtOnce() {
        Worker worker = start(worker().queue(queueName, 4).handle(queueName, (payload, job) -> {}));
        WaitFor.until("it receives", () -> broker.receives.get() > 0);
        Thread drain = Thread.startVirtualThread(() -> worker.drain(LONG));
        WaitFor.until("it stopped", Duration.ofSeconds(2), () -> !drain.isAlive());
    }

    @Test
    void startedAndStoppedFiveHundredTimesNothingIsLost() {
        AtomicInteger handled = new AtomicInteger();
        enqueue(500);
        for (int i = 0; i < 500; i++) {
            Worker worker = worker().name("flicker")
                    .queue(queueName, 2)
                    .handle(queueName, (p, job) -> handled.incrementAndGet())
                    .start();
            if (i % 3 == 0) {
                LockSupport.parkNanos(100_000);
            }
            worker.drain(i % 2 == 0 ? LONG : Duration.ZERO);
        }
        start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> handled.incrementAndGet()));
        awaitAcks(500);
        assertThat(handled).hasValue(500);
        closeWorkers();
        assertThat(broker.closed).hasValue(broker.opened.get());
        WaitFor.until("no thread is left", () -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("millrace-flicker-"))
                .count();
    }

    @Test
    @Tag("slow")
    void brokerThatIsGoneDoesNotKeepAWorkerFromStopping() {
        CountDownLatch done = new CountDownLatch(1);
        Worker worker = start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            broker.settling = BrokerException.passing("gone", null);
            broker.receiving = broker.settling;
            done.countDown();
        }));
        enqueue("x");
        await(done);
        worker.drain(Duration.ZERO);
        assertThat(worker.health().status()).isEqualTo(Health.Status.STOPPED);
        assertThat(events.all(Event.SettleFailed.class)).anyMatch(Event.SettleFailed::givenUp);
        assertThat(broker.closed).hasValue(broker.opened.get());
    }

    @Test
    void settlementsThatGetThroughAtLastAreDelivered() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        broker.settleGate = gate;
        Worker worker = start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> done.countDown()));
        enqueue(2);
        await(done);
        Thread drain = Thread.startVirtualThread(() -> worker.drain(LONG));
        WaitFor.until("it drains", () -> worker.health().status() == Health.Status.DRAINING);
        gate.countDown();
        join(drain);
        assertThat(events.all(Event.Concluded.class)).hasSize(2);
    }

    @Test
    void jobsThatArriveInTheMomentOfStoppingAreHandedBack() {
        CountDownLatch gate = new CountDownLatch(1);
        broker.receiveGate = gate;
        enqueue(3);
        Worker worker = start(worker().queue(queueName, 3).handle(queueName, (payload, job) -> {}));
        WaitFor.until("it receives", () -> broker.receives.get() > 0);
        Thread drain = Thread.startVirtualThread(() -> worker.drain(LONG));
        WaitFor.until("it drains", () -> worker.health().status() == Health.Status.DRAINING);
        gate.countDown();
        join(drain);
        assertThat(events.all(Event.Started.class)).isEmpty();
        assertThat(acks()).isZero();
        assertThat(events.all(Event.HandedBack.class)).hasSameSizeAs(events.all(Event.Received.class));
        broker.receiveGate = null;
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {}));
        awaitAcks(3);
    }

    @Test
    void negativePatienceIsRefused() {
        Worker worker = start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker.drain(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
        assertThat(worker.health().status()).isEqualTo(Health.Status.RUNNING);
    }
}
