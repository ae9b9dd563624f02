// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Support;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.AttemptHistory;
import dev.millrace.worker.Event;
import dev.millrace.worker.Failure;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/*
 * What becomes of jobs: done, retried, snoozed or dead, and what they remember of it.
 *
 * Over 300 lines: a list of tests that share what a handler saw, one after the other.
 */
abstract class OutcomesChapter extends WorkerChapter {
    private final List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, String>> headers = Collections.synchronizedList(new ArrayList<>());

    OutcomesChapter(WorkerContract contract) {
        super(contract);
    }

    private void seen(JobContext job) {
        attempts.add(job.attempt());
        headers.add(job.headers());
    }

    private boolean countsExactly() {
        return broker.capabilities().attempts() == AttemptCount.EXACT;
    }

    @Test
    void failedJobIsRetriedUntilItIsDone() {
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            seen(job);
            if (attempts.size() < 3) {
                throw new IOException("attempt " + attempts.size());
            }
        }));
        enqueue("x");
        awaitAcks(1);
        assertThat(releases()).hasSize(2).allMatch(release -> release.cause() == Cause.FAILED);
        if (countsExactly()) {
            assertThat(attempts).containsExactly(1, 2, 3);
        }
    }

    @Test
    void jobRemembersItsFirstAndLastFailure() {
        if (!has(Feature.HEADERS)) {
            return;
        }
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            seen(job);
            if (attempts.size() < 4) {
                throw new IOException("failure " + attempts.size());
            }
        }));
        producer.enqueue(job("x").withHeader("own", "kept"));
        awaitAcks(1);
        assertThat(headers.getFirst()).isEqualTo(Map.of("own", "kept"));
        Map<String, String> last = headers.getLast();
        assertThat(last)
                .containsEntry("own", "kept")
                .containsEntry(AttemptHistory.FIRST_ERROR, "java.io.IOException: failure 1")
                .containsEntry(AttemptHistory.LAST_ERROR, "java.io.IOException: failure 3");
        assertThat(Instant.parse(last.get(AttemptHistory.FIRST_FAILED_AT)))
                .isBeforeOrEqualTo(Instant.parse(last.get(AttemptHistory.LAST_FAILED_AT)));
    }

    @Test
    void lastAttemptMakesADeadLetterWithReasonAndHistory() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().retry(RetryPolicy.fixed(Duration.ZERO).upTo(3))
                .queue(queueName, 1)
                .handle(queueName, (p, job) -> {
                    throw new IOException("disk full");
                }));
        enqueue("x");
        Settlement.DeadLetter dead = awaitDead();
        assertThat(dead.reason()).isEqualTo("attempt 3 failed and was the last: java.io.IOException: disk full");
        if (has(Feature.HEADERS)) {
            assertThat(dead.headers()).containsEntry(AttemptHistory.LAST_ERROR, "java.io.IOException: disk full");
        }
        assertThat(releases()).hasSize(2);
    }

    @Test
    void endlessMessagesAreCut() {
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (job.attempt() == 1 && releases().isEmpty()) {
                throw new IOException("x".repeat(100_000) + "\ud800");
            }
        }));
        enqueue("x");
        awaitAcks(1);
        assertThat(releases().getFirst().headers().values())
                .allMatch(value -> value.length() <= AttemptHistory.MAX_ERROR_CHARS);
    }

    @Test
    void retryAskedForWaitsAsLongAsAsked() {
        if (!has(Feature.DELAYED_RETRY)) {
            return;
        }
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> {
            seen(job);
            return attempts.size() == 1 ? Outcome.retry(Duration.ofMillis(300), "bank is closed") : Outcome.done();
        }));
        enqueue("x");
        awaitAcks(1);
        assertThat(releases()).singleElement().satisfies(release -> {
            assertThat(release.delay()).isEqualTo(Duration.ofMillis(300));
            assertThat(release.cause()).isEqualTo(Cause.FAILED);
        });
        List<Event.Started> starts = events.all(Event.Started.class);
        assertThat(starts).hasSize(2);
        if (has(Feature.HEADERS)) {
            assertThat(headers.getLast()).containsEntry(AttemptHistory.LAST_ERROR, "bank is closed");
        }
    }

    @Test
    void retryAskedForEndsWithThePolicysLastAttempt() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> {
            seen(job);
            return Outcome.retry(Duration.ZERO, "never ready");
        }));
        enqueue("x");
        assertThat(awaitDead().reason()).isEqualTo("attempt 5 failed and was the last: never ready");
        assertThat(attempts).hasSize(5);
    }

    @Test
    void snoozedJobComesAgainAndTheAttemptDoesNotCount() {
        Duration delay = has(Feature.DELAYED_RETRY) ? Duration.ofMillis(50) : Duration.ZERO;
        int snoozes = harness.timing().tick().compareTo(Duration.ofSeconds(1)) < 0 ? 10 : 4;
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> {
            seen(job);
            return attempts.size() <= snoozes ? Outcome.snooze(delay) : Outcome.done();
        }));
        enqueue("x");
        awaitAcks(1);
        assertThat(attempts).hasSize(snoozes + 1);
        if (countsExactly()) {
            assertThat(attempts).containsOnly(1);
        }
        assertThat(releases()).hasSize(snoozes).allMatch(release -> release.cause() == Cause.NOT_TRIED);
        assertThat(headers.getLast()).doesNotContainKey(AttemptHistory.LAST_ERROR);
    }

    @Test
    void deadLetterByDecisionKeepsItsReason() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().queue(queueName, 1)
                .decide(queueName, (payload, job) -> Outcome.deadLetter("unknown customer 7")));
        enqueue("x");
        assertThat(awaitDead().reason()).isEqualTo("unknown customer 7");
        assertThat(events.await(Event.Finished.class).outcome()).isEqualTo(Outcome.deadLetter("unknown customer 7"));
    }

    @Test
    void handlerThatDecidesNothingHasFailed() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> undecided()));
        enqueue("x");
        assertThat(awaitDead().reason()).contains("attempt 5", "returned null");
    }

    @SuppressWarnings("NullAway") // what a program in which nobody checks for null may do
    private static Outcome undecided() {
        return null;
    }

    @Test
    void policyIsToldWhatHappened() {
        if (!canGiveUp() || !has(Feature.DELAYED_RETRY)) {
            return;
        }
        List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
        RetryPolicy policy = failure -> {
            failures.add(failure);
            return Optional.of(Duration.ZERO);
        };
        start(worker().retry(policy).queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (failures.isEmpty()) {
                throw new IOException("once");
            }
        }));
        String id = enqueue("x").value();
        awaitAcks(1);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.id().value()).isEqualTo(id);
            assertThat(failure.queue()).isEqualTo(queue);
            assertThat(failure.type()).isEmpty();
            assertThat(failure.attempt()).isEqualTo(1);
            assertThat(failure.error()).isInstanceOf(IOException.class).hasMessage("once");
        });
    }

    @Test
    void policyThatBreaksIsReplacedByTheStandardOne() {
        if (!canGiveUp() || !has(Feature.DELAYED_RETRY)) {
            return;
        }
        List<RetryPolicy> broken = List.of(
                failure -> {
                    throw new IllegalStateException("policy is broken");
                },
                failure -> {
                    throw new StackOverflowError("policy is broken");
                },
                failure -> Optional.of(Duration.ofSeconds(-1)),
                failure -> undelayed());
        for (RetryPolicy policy : broken) {
            int before = releases().size();
            start(worker().retry(policy).queue(queueName, 1).handle(queueName, (payload, job) -> {
                        throw new IOException("no");
                    }))
                    .name();
            enqueue("x");
            WaitFor.until("another release", () -> releases().size() > before);
            assertThat(releases().getLast().delay()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
            closeWorkers();
        }
    }

    @SuppressWarnings("NullAway") // what a program in which nobody checks for null may do
    private static Optional<Duration> undelayed() {
        return null;
    }

    @Test
    void absurdDelaysOfAPolicyAreCutToACentury() {
        if (!canGiveUp() || !has(Feature.DELAYED_RETRY)) {
            return;
        }
        start(worker().retry(failure -> Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))
                .queue(queueName, 1)
                .handle(queueName, (payload, job) -> {
                    throw new IOException("no");
                }));
        enqueue("x");
        WaitFor.until("a release", () -> !releases().isEmpty());
        assertThat(releases().getFirst().delay()).isEqualTo(Duration.ofDays(36_500));
    }

    @Test
    void attemptsAreCountedInAHeaderWhereTheBrokerDoesNotCount() {
        if (!has(Feature.HEADERS)) {
            return;
        }
        broker.pretended = countless();
        AtomicInteger last = new AtomicInteger();
        start(worker().retry(RetryPolicy.fixed(Duration.ZERO).upTo(3))
                .queue(queueName, 1)
                .handle(queueName, (p, job) -> {
                    last.set(job.attempt());
                    throw new IOException("no");
                }));
        producer.enqueue(job("x").withHeader(AttemptHistory.ATTEMPTS, "1"));
        Settlement.DeadLetter dead = awaitDead();
        assertThat(last).hasValue(3);
        assertThat(releases())
                .singleElement()
                .satisfies(release -> assertThat(release.headers()).containsEntry(AttemptHistory.ATTEMPTS, "2"));
        assertThat(dead.headers()).containsEntry(AttemptHistory.ATTEMPTS, "0");
    }

    private Capabilities countless() {
        Capabilities.Builder builder = Capabilities.builder().attempts(AttemptCount.NONE);
        for (Feature feature : Feature.values()) {
            Support support = broker.capabilities().of(feature);
            builder.feature(feature, support);
        }
        return builder.build();
    }

    @Test
    void whatTheBrokerCannotDoIsAFailedAttemptAndNotSilent() {
        if (!canGiveUp()) {
            return;
        }
        broker.pretended = Capabilities.builder()
                .feature(Feature.DEAD_LETTER, Support.nativeSupport())
                .feature(Feature.HEADERS, Support.nativeSupport())
                .build();
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> {
            seen(job);
            return attempts.size() % 2 == 1
                    ? Outcome.snooze(Duration.ofSeconds(5))
                    : Outcome.retry(Duration.ofSeconds(5), "later");
        }));
        enqueue("x");
        assertThat(awaitDead().reason()).contains("DELAYED_RETRY", "outcome of a handler");
        assertThat(releases()).hasSize(4).allMatch(release -> release.delay().isZero());
    }
}
