// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Settled;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/* A job stays the worker's own as long as its handler runs, however short the lease; a lost lease ends the handler. */
abstract class LeasesChapter extends WorkerChapter {
    private static final Duration LEASE = Duration.ofMillis(600);
    /** Where the processors are hogged, and the server of the broker has to be heard on them too. */
    private static final Duration HOGGED_LEASE = Duration.ofSeconds(3);

    private final AtomicInteger times = new AtomicInteger();

    LeasesChapter(WorkerContract contract) {
        super(contract);
    }

    @Test
    void leaseIsRenewedAsLongAsTheHandlerRuns() {
        if (cannotExtend()) {
            return;
        }
        CountDownLatch held = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            start(worker().name("worker-" + i).lease(LEASE).queue(queueName, 1).handle(queueName, (payload, job) -> {
                times.incrementAndGet();
                await(held);
            }));
        }
        enqueue("long");
        events.await(8, Event.LeaseRenewed.class);
        held.countDown();
        events.await(Event.Concluded.class);
        assertThat(times).hasValue(1);
        assertThat(events.all(Event.Concluded.class)).allMatch(concluded -> concluded.answer() != Settled.LOST);
    }

    @Test
    void leasesAreRenewedWhileHandlersHogEveryProcessor() {
        if (cannotExtend()) {
            return;
        }
        int hogs = Runtime.getRuntime().availableProcessors();
        start(worker().lease(HOGGED_LEASE).queue(queueName, hogs).handle(queueName, (payload, job) -> {
            times.incrementAndGet();
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        }));
        enqueue(hogs);
        events.await(4 * hogs, Event.LeaseRenewed.class);
        stop.set(true);
        events.await(hogs, Event.Concluded.class);
        assertThat(times).hasValue(hogs);
        assertThat(events.all(Event.LeaseLost.class)).isEmpty();
    }

    @Test
    void lostLeaseInterruptsTheHandlerAndItsOutcomeIsNotSettled() {
        if (cannotExtend()) {
            return;
        }
        broker.losesLeases = true;
        CountDownLatch interrupted = new CountDownLatch(1);
        start(worker().lease(LEASE).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (times.getAndIncrement() == 0) {
                try {
                    block();
                } catch (InterruptedException e) {
                    assertThat(job.cancelled()).isTrue();
                    broker.losesLeases = false;
                    interrupted.countDown();
                }
            }
        }));
        enqueue("x", LEASE);
        await(interrupted);
        awaitAcks(1);
        assertThat(broker.settlements).hasSize(1);
        assertThat(events.of(events.all(Event.Received.class).getFirst().job()))
                .containsExactly(Event.Received.class, Event.Started.class, Event.LeaseLost.class);
    }

    @Test
    @Tag("slow")
    void deafHandlerWithALostLeaseLosesItsPlace() {
        if (cannotExtend()) {
            return;
        }
        broker.losesLeases = true;
        start(worker().lease(LEASE)
                .timeLimit(LEASE.multipliedBy(3))
                .queue(queueName, 1)
                .handle(queueName, (p, job) -> {
                    if (times.getAndIncrement() == 0) {
                        while (!stop.get()) {
                            LockSupport.parkNanos(1_000_000);
                            Thread.interrupted();
                        }
                    }
                }));
        enqueue("x");
        events.await(Event.LeaseLost.class);
        broker.losesLeases = false;
        events.await(Event.HandlerStuck.class);
        enqueue("next");
        awaitAcks(1);
        stop.set(true);
        assertThat(releases()).isEmpty();
    }

    @Test
    @Tag("slow")
    void failedRenewalIsTriedAgainInTime() {
        if (cannotExtend()) {
            return;
        }
        broker.extending = BrokerException.passing("no answer", null);
        CountDownLatch held = new CountDownLatch(1);
        start(worker().lease(LEASE.multipliedBy(3)).queue(queueName, 1).handle(queueName, (payload, job) -> {
            times.incrementAndGet();
            await(held);
        }));
        enqueue("x");
        events.await(Event.Started.class);
        assertThat(WaitFor.within(
                        LEASE, () -> !events.all(Event.LeaseRenewed.class).isEmpty()))
                .isFalse();
        broker.extending = null;
        events.await(3, Event.LeaseRenewed.class);
        held.countDown();
        awaitAcks(1);
        assertThat(times).hasValue(1);
    }

    @Test
    void leaseThatCannotBeRenewedOutlastsTheLongestLimit() {
        if (broker.capabilities().leases() != LeaseScope.RECEIVE) {
            return;
        }
        broker.hidesExtending = true;
        start(worker().lease(Duration.ofSeconds(1))
                .timeLimit(Duration.ofSeconds(40))
                .queue(queueName, 1)
                .handle(queueName, (payload, job) -> {}));
        assertThat(broker.subscriptions)
                .last()
                .satisfies(subscription -> assertThat(subscription.lease()).isEqualTo(Duration.ofSeconds(43)));
        assertThat(broker.opened.get() - broker.closed.get()).isEqualTo(1);
        enqueue("x");
        awaitAcks(1);
    }
}
