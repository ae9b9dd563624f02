// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was accepted is there after a restart, in good order or not; on a broker that keeps nothing, nothing is. */
abstract class RestartsChapter extends Chapter {
    RestartsChapter(BrokerContract contract) {
        super(contract);
    }

    /** A receiver after the restart, by when the leases from before it have ended. */
    private Receiver later() {
        pass(unit);
        return receiver();
    }

    private void attempt(Delivery delivery, int exact) {
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(delivery.attempt()).isEqualTo(exact);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Promise.RESTART)
    void readyJobsAreThereInTheirOrder(Restart how) {
        List<Job> jobs = jobs(200);
        List<JobId> ids = stored(jobs);
        if (!restart(how)) {
            return;
        }
        List<Delivery> taken = take(receiver(), 200);
        if (broker.capabilities().ordering() == Ordering.FIFO) {
            assertThat(taken).extracting(Delivery::id).isEqualTo(ids);
        }
        for (Delivery delivery : taken) {
            assertThat(delivery.payload())
                    .isEqualTo(jobs.get(ids.indexOf(delivery.id())).payload());
            attempt(delivery, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeBodiesAndHeadersAreThere(Restart how) {
        byte[] bytes = new byte[Math.min(300_000, harness.largestPayload().orElse(300_000))];
        new Random(3).nextBytes(bytes);
        Job large = Job.of(queue, Payload.of(bytes));
        boolean headers = broker.capabilities().has(Feature.HEADERS);
        stored(headers ? large.withHeader("colour", "rot 🐞").withHeader("empty", "") : large);
        if (!restart(how)) {
            return;
        }
        Delivery delivery = take(receiver());
        assertThat(delivery.payload().bytes()).isEqualTo(bytes);
        assertThat(delivery.headers()).isEqualTo(headers ? Map.of("colour", "rot 🐞", "empty", "") : Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgedJobsStayAway(Restart how) {
        stored(jobs(10));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 10);
        ackAll(receiver, taken.subList(0, 7));
        if (!restart(how)) {
            return;
        }
        Receiver next = later();
        assertThat(take(next, 3))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(
                        taken.subList(7, 10).stream().map(Delivery::id).toList());
        nothing(next);
    }

    @ParameterizedTest
    @EnumSource
    void jobsReceivedAtMostOnceStayAway(Restart how) {
        stored(List.of(job("once"), job("other")));
        take(receiver(subscription(1, unit, Guarantee.AT_MOST_ONCE)));
        if (!restart(how)) {
            return;
        }
        Receiver next = later();
        take(next);
        nothing(next);
    }

    @ParameterizedTest
    @EnumSource
    void leasedJobsComeAgainAtTheLatestWhenTheirLeaseWouldHaveEnded(Restart how) {
        stored(jobs(3));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 3);
        if (!restart(how)) {
            return;
        }
        Receiver next = later();
        List<Delivery> again = take(next, 3);
        assertThat(again)
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(
                        taken.stream().map(Delivery::id).toList());
        again.forEach(delivery -> attempt(delivery, 2));
        ackAll(next, again);
        pass(unit);
        nothing(next);
    }

    @ParameterizedTest
    @EnumSource
    void attemptsAreCountedOn(Restart how) {
        stored(job("hard"));
        Receiver receiver = receiver();
        release(receiver, take(receiver), Cause.FAILED);
        release(receiver, take(receiver), Cause.NOT_TRIED);
        release(receiver, take(receiver), Cause.FAILED);
        if (!restart(how)) {
            return;
        }
        Receiver next = receiver();
        Delivery third = take(next);
        attempt(third, 3);
        release(next, third, Cause.NOT_TRIED);
        restart(how);
        attempt(take(later()), 3);
    }

    @ParameterizedTest
    @EnumSource
    void givenIdsStayAndNewOnesAreOthers(Restart how) {
        List<JobId> before = stored(jobs(50));
        if (!restart(how)) {
            return;
        }
        List<JobId> after = stored(jobs(50));
        assertThat(after).doesNotContainAnyElementsOf(before);
        assertThat(take(receiver(), 100))
                .extracting(Delivery::id)
                .containsAll(before)
                .containsAll(after);
        broker.facet(Addressable.class)
                .ifPresent(addressable ->
                        assertThat(addressable.show(before.getFirst())).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void brokerThatWasClosedEmptyKeepsItsIdsFromThenOn(Restart how) {
        if (!restart(Restart.ORDERLY)) {
            return;
        }
        List<JobId> ids = stored(jobs(5));
        restart(how);
        assertThat(take(receiver(), 5)).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(ids);
        restart(how);
        assertThat(stored(jobs(5))).doesNotContainAnyElementsOf(ids);
    }

    @ParameterizedTest
    @EnumSource
    void manyRestartsChangeNothing(Restart how) {
        stored(jobs(5));
        int many = harness.outage().isZero() ? 5 : 2;
        for (int i = 0; i < many; i++) {
            if (!restart(how)) {
                return;
            }
            stored(job("more " + i));
            Receiver receiver = later();
            ack(receiver, take(receiver));
        }
        Receiver last = later();
        take(last, 5);
        nothing(last);
    }
}
