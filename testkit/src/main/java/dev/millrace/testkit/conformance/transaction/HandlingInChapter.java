// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Settled;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a handler wrote and the end of its job are committed together. */
abstract class HandlingInChapter<T> extends TransactionChapter<T> {
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    HandlingInChapter(TransactionContract<T> contract) {
        super(contract);
    }

    private Worker.TransactionalBuilder<T> worker() {
        return Worker.on(broker)
                .queue(queue.value(), 4)
                .retry(RetryPolicy.fixed(Duration.ZERO).upTo(5))
                .observer(events::add);
    }

    private long told(Class<? extends Event> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private void awaitTold(Class<? extends Event> kind, int count) {
        WaitFor.until(count + " times " + kind.getSimpleName(), LONG, () -> told(kind) >= count);
    }

    private boolean isEmpty(QueueName name) {
        return broker.facet(Inspectable.class).orElseThrow().queues().stream()
                .noneMatch(status -> status.queue().equals(name));
    }

    @Test
    void handledJobIsGoneAndWhatItsHandlerWroteIsThere() {
        producer.enqueue(job("pay 7"));
        try (Worker worker = worker().handleIn(
                        queue.value(), (payload, job, transaction) -> harness.write(transaction, payload.text()))
                .start()) {
            awaitTold(Event.Concluded.class, 1);
            assertThat(harness.written()).containsExactly("pay 7");
            assertThat(isEmpty(queue)).isTrue();
            assertThat(worker.name()).isNotBlank();
        }
        assertThat(events)
                .filteredOn(Event.Finished.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((Event.Finished) event).outcome()).isEqualTo(Outcome.done()));
        assertThat(events)
                .filteredOn(Event.Concluded.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((Event.Concluded) event).answer()).isEqualTo(Settled.CONFIRMED));
    }

    @Test
    void failedAttemptLeavesNothingAndIsTriedAgain() {
        producer.enqueue(job("pay"));
        AtomicInteger attempts = new AtomicInteger();
        try (Worker worker = worker().handleIn(queue.value(), (payload, job, transaction) -> {
                    harness.write(transaction, "attempt " + job.attempt());
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .start()) {
            WaitFor.until("the job is gone", LONG, () -> isEmpty(queue));
            assertThat(harness.written()).containsExactly("attempt 3");
        }
    }

    @Test
    void jobsThatAHandlerEnqueuesAreThereIfItCommits() {
        QueueName next = harness.freshQueue();
        producer.enqueue(job("first"));
        AtomicInteger attempts = new AtomicInteger();
        try (Worker worker = worker().handleIn(queue.value(), (payload, job, transaction) -> {
                    producer.enqueue(transaction, Job.of(next, Payload.text("attempt " + job.attempt())));
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .start()) {
            WaitFor.until("the job is gone", LONG, () -> isEmpty(queue));
        }
        assertThat(broker.facet(Inspectable.class).orElseThrow().peek(next, 10))
                .extracting(glimpse -> glimpse.payload().text())
                .containsExactly("attempt 2");
    }

    @Test
    void handlerWhoseJobWasTakenAwayLeavesNothing() {
        producer.enqueue(job("taken away"));
        Addressable addressable = broker.facet(Addressable.class).orElseThrow();
        try (Worker worker = worker().handleIn(queue.value(), (payload, job, transaction) -> {
                    harness.write(transaction, "in vain");
                    assertThat(addressable.ack(job.id())).isEqualTo(Settled.CONFIRMED);
                })
                .start()) {
            awaitTold(Event.Concluded.class, 1);
        }
        assertThat(harness.written()).isEmpty();
        assertThat(events)
                .filteredOn(Event.Concluded.class::isInstance)
                .allSatisfy(
                        event -> assertThat(((Event.Concluded) event).answer()).isEqualTo(Settled.LOST));
    }

    @Test
    void handlerThatIsInterruptedAtItsLimitLeavesNothing() {
        producer.enqueue(job("slow"));
        AtomicInteger attempts = new AtomicInteger();
        try (Worker worker = worker().timeLimit(Duration.ofMillis(300))
                .handleIn(queue.value(), (payload, job, transaction) -> {
                    harness.write(transaction, "attempt " + job.attempt());
                    if (attempts.incrementAndGet() == 1) {
                        new CountDownLatch(1).await();
                    }
                })
                .start()) {
            WaitFor.until("the job is gone", LONG, () -> isEmpty(queue));
        }
        assertThat(harness.written()).containsExactly("attempt 2");
    }

    @Test
    void plainHandlersWorkBesideThem() {
        QueueName plain = harness.freshQueue();
        AtomicInteger handled = new AtomicInteger();
        producer.enqueue(job("in"));
        producer.enqueue(Job.of(plain, Payload.text("plain")));
        try (Worker worker = worker().queue(plain.value(), 1)
                .handleIn(queue.value(), (payload, job, transaction) -> harness.write(transaction, "in"))
                .handle(plain.value(), (payload, job) -> handled.incrementAndGet())
                .start()) {
            WaitFor.until("both are gone", LONG, () -> isEmpty(queue) && isEmpty(plain));
        }
        assertThat(handled).hasValue(1);
        assertThat(harness.written()).containsExactly("in");
    }

    @Test
    void queueThatIsTakenAtMostOnceIsRefused() {
        Worker.TransactionalBuilder<T> builder = Worker.on(broker)
                .queue(queue.value(), 1, Guarantee.AT_MOST_ONCE)
                .handleIn(queue.value(), (payload, job, transaction) -> {});
        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("at most once");
    }

    @Test
    void everyJobOfManyIsWrittenOnce() {
        List<Job> jobs = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            jobs.add(job("job " + i));
            expected.add("job " + i);
        }
        producer.offer(jobs);
        AtomicInteger attempts = new AtomicInteger();
        try (Worker worker = worker().handleIn(queue.value(), (payload, job, transaction) -> {
                    harness.write(transaction, payload.text());
                    if (attempts.incrementAndGet() % 7 == 0 && job.attempt() < 3) {
                        throw new IllegalStateException("now and then");
                    }
                })
                .start()) {
            WaitFor.until("all are gone", LONG, () -> isEmpty(queue));
        }
        assertThat(harness.written()).containsExactlyInAnyOrderElementsOf(expected);
    }
}
