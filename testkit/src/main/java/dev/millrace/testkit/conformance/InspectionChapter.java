// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** People may look, and looking changes nothing. On a broker that shows nothing, there is no way to ask. */
abstract class InspectionChapter extends Chapter {
    InspectionChapter(BrokerContract contract) {
        super(contract);
    }

    static Optional<QueueStatus> status(Broker broker, QueueName queue) {
        return broker.facet(Inspectable.class).orElseThrow().queues().stream()
                .filter(status -> status.queue().equals(queue))
                .findFirst();
    }

    private static void count(OptionalLong actual, long expected) {
        actual.ifPresent(known -> assertThat(known).isEqualTo(expected));
    }

    private void counts(long ready, long waiting, long leased, long dead) {
        eventually(() -> countsNow(ready, waiting, leased, dead));
    }

    private void countsNow(long ready, long waiting, long leased, long dead) {
        Optional<QueueStatus> known = status(broker, queue);
        if (known.isEmpty() && ready + dead == 0 && broker.capabilities().peek() == Peek.COUNTS) {
            return;
        }
        assertThat(known).isPresent();
        QueueStatus status = known.orElseThrow();
        count(status.ready(), ready);
        count(status.waiting(), waiting);
        count(status.leased(), leased);
        count(status.dead(), dead);
    }

    @Test
    @Proves(Promise.INSPECTABLE)
    void jobsAreCountedByState() {
        if (facet(Inspectable.class) == null) {
            return;
        }
        assertThat(status(broker, queue)).isEmpty();
        stored(jobs(5));
        counts(5, 0, 0, 0);
        Receiver receiver = receiver();
        ack(receiver, take(receiver));
        counts(4, 0, 0, 0);
        take(receiver, 2);
        counts(2, 0, 2, 0);
        if (!refuses(Feature.DELAY, job("x").after(unit))) {
            stored(job("later").after(unit.multipliedBy(5)));
            counts(2, 1, 2, 0);
        }
    }

    @Test
    void deadAreCounted() {
        stored(jobs(2));
        Receiver receiver = receiver();
        DeadLetter dead = new DeadLetter(take(receiver), "why");
        if (facet(Inspectable.class) == null || refuses(Feature.DEAD_LETTER, receiver, dead)) {
            return;
        }
        accepted(settle(receiver, dead));
        counts(1, 0, 0, 1);
        ack(receiver, take(receiver));
        counts(0, 0, 0, 1);
    }

    @Test
    void endedLeasesAndDelaysMoveTheCounts() {
        if (facet(Inspectable.class) == null || refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        stored(List.of(job("later").after(unit), job("now").withTimeLimit(unit)));
        Receiver receiver = receiver();
        take(receiver);
        counts(0, 1, 1, 0);
        if (broker.capabilities().leases() == LeaseScope.CONNECTION) {
            receiver.close();
        }
        pass(unit);
        counts(2, 0, 0, 0);
    }

    @Test
    void queueThatHoldsNothingIsNotListed() {
        if (facet(Inspectable.class) == null) {
            return;
        }
        stored(job("short"));
        assertThat(status(broker, queue)).isPresent();
        Receiver receiver = receiver();
        ack(receiver, take(receiver));
        assertThat(status(broker, queue)).isEmpty();
    }

    @Test
    void queuesAreListedByName() {
        Inspectable inspectable = facet(Inspectable.class);
        if (inspectable == null) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            stored(Job.of(harness.freshQueue(), Payload.empty()));
        }
        List<String> names =
                inspectable.queues().stream().map(s -> s.queue().value()).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(20).isSorted();
        assertThat(inspectable.queues()).extracting(QueueStatus::pause).containsOnly(Pause.NONE);
    }

    @Test
    void oldestIsTheAgeOfTheFirstReadyJob() {
        if (facet(Inspectable.class) == null) {
            return;
        }
        stored(job("old"));
        pass(unit);
        stored(job("new"));
        status(broker, queue)
                .orElseThrow()
                .oldest()
                .ifPresent(age -> assertThat(age)
                        .isBetween(
                                unit.minus(timing.tick()),
                                unit.plus(timing.patience()).plus(timing.tick())));
        Receiver receiver = receiver();
        take(receiver, 2);
        assertThat(status(broker, queue).flatMap(QueueStatus::oldest)).isEmpty();
    }

    @Test
    void peekShowsWhatComesNextAndTakesNothing() {
        Inspectable inspectable = showing();
        if (inspectable == null) {
            return;
        }
        List<JobId> ids = stored(jobs(10));
        List<Glimpse> seen = inspectable.peek(queue, 4);
        if (broker.capabilities().ordering() == Ordering.FIFO) {
            assertThat(seen).extracting(Glimpse::id).isEqualTo(shown(ids.subList(0, 4)));
        }
        assertThat(inspectable.peek(queue, 4)).isEqualTo(seen);
        assertThat(inspectable.peek(queue, 1_000)).hasSameSizeAs(shown(ids));
        assertThat(take(receiver(), 10).subList(0, seen.size()))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(
                        seen.stream().map(Glimpse::id).toList());
        assertThat(inspectable.peek(queue, 10)).isEmpty();
    }

    @Test
    void glimpseTellsWhatIsKnownOfAJob() {
        Inspectable inspectable = showing();
        if (inspectable == null) {
            return;
        }
        boolean headers = broker.capabilities().has(Feature.HEADERS);
        JobId id = stored(headers ? job("soup").withHeader("a", "1") : job("soup"));
        Receiver receiver = receiver();
        release(receiver, take(receiver), Cause.FAILED);
        Glimpse glimpse = inspectable.peek(queue, 1).getFirst();
        assertThat(glimpse.id()).isEqualTo(id);
        assertThat(glimpse.queue()).isEqualTo(queue);
        assertThat(glimpse.state()).isEqualTo(JobState.READY);
        assertThat(glimpse.payload()).isEqualTo(Payload.text("soup"));
        assertThat(glimpse.due()).isEmpty();
        if (headers) {
            assertThat(glimpse.headers()).isEqualTo(header("a", "1"));
        }
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(glimpse.attempts()).isEqualTo(1);
        }
        take(receiver)
                .enqueuedAt()
                .ifPresent(known -> assertThat(glimpse.enqueuedAt()).contains(known));
    }

    @Test
    void peekShowsNeitherTheWaitingNorTheLeasedNorOtherQueues() {
        Inspectable inspectable = showing();
        if (inspectable == null) {
            return;
        }
        stored(job("leased"));
        take(receiver());
        stored(Job.of(harness.freshQueue(), Payload.text("elsewhere")));
        if (!refuses(Feature.DELAY, job("x").after(unit))) {
            stored(job("later").after(unit));
        }
        assertThat(inspectable.peek(queue, 10)).isEmpty();
        assertThat(inspectable.peek(harness.freshQueue(), 10)).isEmpty();
    }

    @Test
    void lookingAtNothingIsAMistake() {
        Inspectable inspectable = showing();
        if (inspectable == null) {
            return;
        }
        assertThatIllegalArgumentException().isThrownBy(() -> inspectable.peek(queue, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> inspectable.dead(queue, -1));
    }
}
