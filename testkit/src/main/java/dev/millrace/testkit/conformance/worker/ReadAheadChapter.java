// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/* Handlers that are quick at first, and may be told to block: what was received ahead by then waits. */
abstract class ReadAheadChapter extends WorkerChapter {
    private static final int JOBS = 2_000;

    private final AtomicBoolean blocking = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger tried = new AtomicInteger();
    private Ahead ahead;
    private boolean receivesAhead;

    ReadAheadChapter(WorkerContract contract) {
        super(contract);
    }

    /** Counts what was received and not started, and the most that it ever was. */
    private static final class Ahead {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        void see(Event event) {
            if (event instanceof Event.Received) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
            } else if (event instanceof Event.Started || event instanceof Event.HandedBack) {
                now.decrementAndGet();
            }
        }
    }

    @BeforeEach
    void begin() {
        ahead = new Ahead();
        receivesAhead = broker.capabilities().leases() != LeaseScope.CONNECTION;
    }

    /** One place; whoever is in it blocks from when it is told to, or from when something waits. */
    private Worker.Builder quickAtFirst(boolean blockWhenAhead) {
        return worker().observer(ahead::see).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (broker.capabilities().attempts() == AttemptCount.EXACT && job.attempt() > 1) {
                tried.incrementAndGet();
            }
            if (blockWhenAhead && receivesAhead && ahead.now.get() > 0) {
                blocking.set(true);
                await(held);
            }
        });
    }

    @Test
    void quickJobsAreReceivedAheadOfFreePlaces() {
        enqueue(JOBS);
        start(quickAtFirst(false));
        awaitAcks(JOBS);
        if (receivesAhead) {
            assertThat(ahead.most).hasValueGreaterThan(1);
        } else {
            assertThat(ahead.most).hasValueLessThanOrEqualTo(1);
        }
        assertThat(events.all(Event.HandedBack.class)).isEmpty();
    }

    @Test
    void withoutReadAheadNoJobIsReceivedThatHasNoPlace() {
        enqueue(200);
        start(quickAtFirst(false).readAhead(0));
        awaitAcks(200);
        assertThat(ahead.most).hasValue(1);
    }

    @Test
    void jobsThatWaitTooLongGoBackForOthersAsIfUntried() {
        enqueue(JOBS);
        Worker slow = start(quickAtFirst(true));
        if (receivesAhead) {
            WaitFor.until("a handler that blocks", blocking::get);
            WaitFor.until(
                    "nobody waits", () -> slow.health().queues().getFirst().waiting() == 0);
            assertThat(events.all(Event.HandedBack.class)).isNotEmpty();
            start(worker().queue(queueName, 8).handle(queueName, (payload, job) -> {
                if (broker.capabilities().attempts() == AttemptCount.EXACT && job.attempt() > 1) {
                    tried.incrementAndGet();
                }
            }));
            WaitFor.until("all but the blocked one", () -> acks() >= JOBS - 1);
        }
        held.countDown();
        awaitAcks(JOBS);
        assertThat(tried).hasValue(0);
    }

    @Test
    void drainingGivesBackWhatWaitsBeforeTheHandlersEnd() {
        enqueue(JOBS);
        Worker slow = start(quickAtFirst(true).lease(Duration.ofMinutes(5)));
        if (receivesAhead) {
            WaitFor.until("a handler that blocks", blocking::get);
            Thread.startVirtualThread(() -> slow.drain(LONG));
            WaitFor.until(
                    "nobody waits", () -> slow.health().queues().getFirst().waiting() == 0);
            start(quickAtFirst(false));
            WaitFor.until("all but the blocked one", () -> acks() >= JOBS - 1);
        }
        held.countDown();
        awaitAcks(JOBS);
        assertThat(tried).hasValue(0);
    }

    @Test
    void eachQueueIsReceivedAheadForItself() {
        QueueName other = harness.freshQueue();
        enqueue(JOBS);
        CountDownLatch others = new CountDownLatch(20);
        start(worker().queue(queueName, 1)
                .queue(other.value(), 2)
                .handle(queueName, (payload, job) -> {})
                .handle(other.value(), (payload, job) -> others.countDown()));
        for (int i = 0; i < 20; i++) {
            producer.enqueue(Job.of(other, Payload.text("x")));
        }
        await(others);
        awaitAcks(JOBS + 20);
    }
}
