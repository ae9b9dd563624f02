// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Guarantee;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/* Jobs that are taken at most once are never settled, and a failed one does not come again. */
abstract class AtMostOnceChapter extends WorkerChapter {
    private final AtomicInteger times = new AtomicInteger();

    AtMostOnceChapter(WorkerContract contract) {
        super(contract);
    }

    private Worker.Builder once(int places) {
        return worker().queue(queueName, places, Guarantee.AT_MOST_ONCE);
    }

    @Test
    void jobsAreHandledAndNothingIsSettled() {
        start(once(4).handle(queueName, (payload, job) -> times.incrementAndGet()));
        enqueue(300);
        events.await(300, Event.Finished.class);
        assertThat(times).hasValue(300);
        assertThat(broker.settlements).isEmpty();
        assertThat(events.all(Event.Concluded.class)).isEmpty();
    }

    @Test
    void failedJobIsGoneAndSaysSo() {
        start(once(1).handle(queueName, (payload, job) -> {
            times.incrementAndGet();
            throw new IllegalStateException("no");
        }));
        enqueue("x");
        assertThat(events.of(events.await(Event.Gone.class).job()))
                .containsExactly(Event.Received.class, Event.Started.class, Event.Failed.class, Event.Gone.class);
        assertThat(WaitFor.within(Duration.ofMillis(200), () -> times.get() > 1))
                .isFalse();
        assertThat(broker.settlements).isEmpty();
    }

    @Test
    void whatADecidingHandlerWishesOtherThanDoneCannotBe() {
        start(once(1).decide(queueName, (payload, job) -> Outcome.snooze(Duration.ZERO)));
        enqueue("x");
        events.await(Event.Gone.class);
        assertThat(broker.settlements).isEmpty();
    }

    @Test
    void drainLetsTakenJobsEnd() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Worker worker = start(once(1).handle(queueName, (payload, job) -> {
            started.countDown();
            await(held);
            times.incrementAndGet();
        }));
        enqueue("x");
        await(started);
        Thread.startVirtualThread(held::countDown);
        worker.drain(LONG);
        assertThat(times).hasValue(1);
    }

    @Test
    void policyAndDeadLettersAreNotNeeded() {
        broker.pretended = dev.millrace.broker.Capabilities.builder().build();
        start(Worker.on(broker)
                .queue(queueName, 1, Guarantee.AT_MOST_ONCE)
                .handle(queueName, (payload, job) -> times.incrementAndGet()));
        enqueue("x");
        WaitFor.until("it is handled", () -> times.get() == 1);
    }
}
