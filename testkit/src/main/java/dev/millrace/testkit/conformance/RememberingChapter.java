// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restart changes nothing of what was asked for: times, ids, priorities, dead letters, pauses. */
abstract class RememberingChapter extends Chapter {
    RememberingChapter(BrokerContract contract) {
        super(contract);
    }

    private void attempt(Delivery delivery, int exact) {
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(delivery.attempt()).isEqualTo(exact);
        }
    }

    @ParameterizedTest
    @EnumSource
    void delaysGoOn(Restart how) {
        if (refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        Duration delay = unit.multipliedBy(2).plus(harness.outage());
        stored(job("later").after(delay).withTimeLimit(unit));
        pass(unit);
        if (!restartInFullTime(how)) {
            return;
        }
        passNearly(unit);
        nothingUnlessLate(receiver());
        passTick();
        passWhatARestartAddsTo(unit);
        assertThat(texts(take(receiver(), 1))).containsExactly("later");
    }

    @ParameterizedTest
    @EnumSource
    void delayedRetriesGoOnWithTheirHeaders(Restart how) {
        stored(job("again").withTimeLimit(unit));
        Receiver receiver = receiver();
        boolean headers = broker.capabilities().has(Feature.HEADERS);
        Map<String, String> noted = headers ? header("error", "one") : Map.of();
        Release later = new Release(take(receiver), unit.multipliedBy(2).plus(harness.outage()), Cause.FAILED, noted);
        if (refuses(Feature.DELAYED_RETRY, receiver, later)) {
            return;
        }
        accepted(settle(receiver, later));
        pass(unit);
        if (!restartInFullTime(how)) {
            return;
        }
        passNearly(unit);
        nothingUnlessLate(receiver());
        passTick();
        passWhatARestartAddsTo(unit);
        Delivery again = take(receiver());
        assertThat(again.headers()).isEqualTo(noted);
        assertThat(again.payload().text()).isEqualTo("again");
        attempt(again, 2);
    }

    @ParameterizedTest
    @EnumSource
    void expiryGoesOn(Restart how) {
        if (refuses(Feature.EXPIRY, job("x").expiringAfter(unit))) {
            return;
        }
        Duration most = unit.plus(harness.outage());
        Duration more = most.plus(unit.multipliedBy(2)).plus(harness.outage().multipliedBy(4));
        stored(List.of(job("short").expiringAfter(most), job("long").expiringAfter(more)));
        passNearly(unit);
        if (!restartInFullTime(how)) {
            return;
        }
        passTick();
        passUntilForgotten(Duration.ZERO);
        Receiver receiver = receiver();
        assertThat(texts(take(receiver, 1))).containsExactly("long");
        nothing(receiver);
    }

    @ParameterizedTest
    @EnumSource
    void deadLettersAreThereWithTheirReason(Restart how) {
        stored(List.of(job("dead"), job("dead too")));
        Receiver receiver = receiver();
        DeadLetter dead = new DeadLetter(take(receiver), "no such address");
        Administrable administrable = facet(Administrable.class);
        if (refuses(Feature.DEAD_LETTER, receiver, dead) || administrable == null) {
            return;
        }
        accepted(settle(receiver, dead));
        bury(receiver, take(receiver), "nor this");
        administrable.redrive(queue, 1);
        if (!restart(how)) {
            return;
        }
        Receiver next = receiver();
        Delivery redriven = take(next);
        attempt(redriven, 1);
        nothing(next);
        Inspectable inspectable = showing();
        if (inspectable != null) {
            assertThat(inspectable.dead(queue, 10))
                    .singleElement()
                    .satisfies(glimpse -> assertThat(glimpse.headers().get(Settlement.REASON_HEADER))
                            .isEqualTo("nor this"));
        }
        assertThat(broker.facet(Administrable.class).orElseThrow().redrive(queue, 10))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void chosenIdsAreStillTaken(Restart how) {
        String id = "order-" + UUID.randomUUID();
        if (refuses(Feature.CHOSEN_ID, job("x").withId(id))) {
            return;
        }
        stored(job("first").withId(id));
        if (!restart(how)) {
            return;
        }
        assertThat(send(job("again").withId(id))).isEqualTo(new Duplicate(new JobId(id)));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        assertThat(delivery.id()).isEqualTo(new JobId(id));
        ack(receiver, delivery);
        assertThat(restart(how)).isTrue();
        stored(job("next").withId(id));
    }

    @ParameterizedTest
    @EnumSource
    void idOfAnExpiredJobStaysItsSuccessors(Restart how) {
        String id = "order-" + UUID.randomUUID();
        if (refuses(Feature.CHOSEN_ID, job("x").withId(id)) || refuses(Feature.EXPIRY, job("x").expiringAfter(unit))) {
            return;
        }
        stored(job("expired").withId(id).expiringAfter(unit));
        pass(unit);
        stored(job("successor").withId(id));
        if (!restart(how)) {
            return;
        }
        assertThat(send(job("again").withId(id))).isEqualTo(new Duplicate(new JobId(id)));
        Receiver receiver = receiver();
        assertThat(texts(take(receiver, 1))).containsExactly("successor");
        nothing(receiver);
    }

    @ParameterizedTest
    @EnumSource
    void idOfAJobThatExpiredAfterItsLeaseStaysItsSuccessors(Restart how) {
        String id = "order-" + UUID.randomUUID();
        if (refuses(Feature.CHOSEN_ID, job("x").withId(id)) || refuses(Feature.EXPIRY, job("x").expiringAfter(unit))) {
            return;
        }
        stored(job("expired").withId(id).expiringAfter(unit));
        take(receiver());
        pass(unit.multipliedBy(2));
        if (!(send(job("successor").withId(id)) instanceof Stored) || !restart(how)) {
            return;
        }
        assertThat(send(job("again").withId(id))).isEqualTo(new Duplicate(new JobId(id)));
    }

    @ParameterizedTest
    @EnumSource
    void prioritiesAndFrontAreKept(Restart how) {
        if (refuses(Feature.PRIORITY, job("x").withPriority(9)) || refuses(Feature.FRONT, job("x").atFront())) {
            return;
        }
        stored(List.of(
                job("third"),
                job("first").withPriority(9),
                job("fourth"),
                job("second").atFront()));
        if (!restart(how)) {
            return;
        }
        assertThat(texts(take(receiver(), 4))).containsExactly("first", "second", "third", "fourth");
    }

    @ParameterizedTest
    @EnumSource
    void pauseIsKept(Restart how) {
        stored(job("held"));
        for (Pause pause : List.of(Pause.IN, Pause.OUT, Pause.BOTH)) {
            if (!paused(pause) || !restart(how)) {
                return;
            }
            if (!harness.keepsPauses()) {
                stored(job("not held back any more"));
                take(receiver());
                return;
            }
            assertThat(send(job("refused")) instanceof Refused).isEqualTo(pause != Pause.OUT);
            if (pause != Pause.IN) {
                nothing(receiver());
            }
            if (facet(Inspectable.class) != null) {
                assertThat(InspectionChapter.status(broker, queue).map(QueueStatus::pause))
                        .contains(pause);
            }
        }
        assertThat(paused(Pause.NONE)).isTrue();
        assertThat(restart(how)).isTrue();
        take(receiver(), 2);
    }

    /** Pauses the queue; false, after proof, if this broker cannot. */
    private boolean paused(Pause pause) {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return false;
        }
        try {
            administrable.pause(queue, pause);
            return true;
        } catch (UnsupportedFeatureException e) {
            assertThat(e.broker()).isEqualTo(broker.name());
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void purgedJobsStayAway(Restart how) {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return;
        }
        stored(jobs(20));
        administrable.purge(queue);
        stored(job("after"));
        if (!restart(how)) {
            return;
        }
        Receiver receiver = receiver();
        assertThat(texts(take(receiver, 1))).containsExactly("after");
        nothing(receiver);
    }
}
