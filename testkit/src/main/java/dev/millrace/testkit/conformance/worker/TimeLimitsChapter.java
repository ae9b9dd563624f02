// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Feature;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.Codec;
import dev.millrace.job.JobType;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/* A handler is interrupted at its limit, and the attempt has failed; one that does not heed that loses its place. */
abstract class TimeLimitsChapter extends WorkerChapter {
    private static final Duration LIMIT = Duration.ofMillis(150);

    private final AtomicInteger times = new AtomicInteger();

    TimeLimitsChapter(WorkerContract contract) {
        super(contract);
    }

    private boolean isFirst() {
        return times.getAndIncrement() == 0;
    }

    private void failedByTheLimit() {
        assertThat(releases()).singleElement().satisfies(release -> {
            assertThat(release.cause()).isEqualTo(Cause.FAILED);
            if (has(Feature.HEADERS)) {
                assertThat(release.headers()).containsValue("time limit of 0.15s exceeded");
            }
        });
        assertThat(events.all(Event.Failed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.failure().error())
                        .isInstanceOf(TimeoutException.class)
                        .hasMessage("time limit of 0.15s exceeded"));
        assertThat(events.all(Event.TimedOut.class))
                .singleElement()
                .satisfies(timedOut -> assertThat(timedOut.limit()).isEqualTo(LIMIT));
    }

    @Test
    void handlerIsInterruptedAtItsLimitAndTheJobRetried() {
        AtomicBoolean cancelled = new AtomicBoolean();
        start(worker().timeLimit(LIMIT).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (isFirst()) {
                try {
                    block();
                } finally {
                    cancelled.set(job.cancelled());
                }
            }
        }));
        enqueue("x");
        awaitAcks(1);
        failedByTheLimit();
        assertThat(cancelled).isTrue();
        Duration worked = events.all(Event.Finished.class).getFirst().worked();
        assertThat(worked).isBetween(LIMIT, LIMIT.plusSeconds(5));
        assertThat(events.all(Event.HandlerStuck.class)).isEmpty();
    }

    @Test
    void handlerThatEndsWellAfterItsLimitHasFailedAllTheSame() {
        start(worker().timeLimit(LIMIT).queue(queueName, 1).decide(queueName, (payload, job) -> {
            if (isFirst()) {
                try {
                    block();
                } catch (InterruptedException e) {
                    return Outcome.done();
                }
            }
            return Outcome.done();
        }));
        enqueue("x");
        awaitAcks(1);
        failedByTheLimit();
    }

    @Test
    void limitOfATypeGoesBeforeThatOfTheWorker() {
        if (!has(Feature.HEADERS)) {
            return;
        }
        JobType<String> slow = JobType.of("slow", queueName, Codec.text()).within(LIMIT);
        start(worker().timeLimit(LONG).queue(queueName, 1).handle(slow, (payload, job) -> {
            if (isFirst()) {
                block();
            }
        }));
        producer.enqueue(slow.job("x"));
        awaitAcks(1);
        failedByTheLimit();
    }

    @Test
    void handlersWithinTheirLimitAreLeftAlone() {
        start(worker().timeLimit(Duration.ofSeconds(5)).queue(queueName, 20).handle(queueName, (payload, job) -> {
            CountDownLatch never = new CountDownLatch(1);
            assertThat(never.await(1, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isFalse();
        }));
        enqueue(500);
        awaitAcks(500);
        assertThat(releases()).isEmpty();
    }

    @Test
    void jobOfADeafHandlerFailsAndItsPlaceIsFreeAgain() {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        start(worker().timeLimit(LIMIT).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (isFirst()) {
                deaf(stop);
                ended.set(true);
            }
        }));
        enqueue("deaf");
        awaitAcks(1);
        failedByTheLimit();
        Event.HandlerStuck stuck = events.await(Event.HandlerStuck.class);
        assertThat(stuck.since()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        stop.set(true);
        WaitFor.until("the deaf handler ended", ended::get);
        enqueue("next");
        awaitAcks(2);
        assertThat(broker.settlements).hasSize(3);
        assertThat(events.all(Event.Finished.class)).hasSize(3);
    }

    private static void deaf(AtomicBoolean stop) {
        while (!stop.get()) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    @Test
    void jobsOfHandlersThatHogEveryProcessorFailInTime() {
        int hogs = Runtime.getRuntime().availableProcessors();
        AtomicBoolean stop = new AtomicBoolean();
        start(worker().timeLimit(LIMIT).queue(queueName, hogs).handle(queueName, (payload, job) -> {
            if (times.getAndIncrement() < hogs) {
                while (!stop.get()) {
                    Thread.onSpinWait();
                }
            }
        }));
        enqueue(hogs);
        WaitFor.until("all hogs have failed", () -> releases().size() >= hogs);
        events.await(hogs, Event.HandlerStuck.class);
        stop.set(true);
        awaitAcks(hogs);
    }

    @Test
    void lastAttemptThatTimesOutIsADeadLetterThatSaysSo() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().retry(dev.millrace.worker.RetryPolicy.never())
                .timeLimit(LIMIT)
                .queue(queueName, 1)
                .handle(queueName, (payload, job) -> block()));
        enqueue("x");
        assertThat(awaitDead().reason()).isEqualTo("attempt 1 failed and was the last: time limit of 0.15s exceeded");
    }

    @Test
    void tiniestLimitIsKeptToo() {
        start(worker().timeLimit(Duration.ofNanos(1)).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (isFirst()) {
                block();
            }
        }));
        enqueue("x");
        WaitFor.until("a failure", () -> !releases().isEmpty());
    }
}
