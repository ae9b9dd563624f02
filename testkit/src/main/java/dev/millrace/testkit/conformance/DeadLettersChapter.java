// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that is put aside stays aside, with its reason, until a person decides. */
abstract class DeadLettersChapter extends Chapter {
    DeadLettersChapter(BrokerContract contract) {
        super(contract);
    }

    /** Buries a job, or proves that it cannot be done; tells which. */
    private boolean buried(Receiver receiver, Job job, String reason) {
        stored(job);
        DeadLetter settlement = new DeadLetter(take(receiver), reason);
        if (refuses(Feature.DEAD_LETTER, receiver, settlement)) {
            return false;
        }
        accepted(settle(receiver, settlement));
        return true;
    }

    @Test
    @Proves(Promise.DEAD_LETTER)
    void deadJobIsNotDeliveredAnyMore() {
        Receiver receiver = receiver();
        if (!buried(receiver, job("dead"), "no such address")) {
            return;
        }
        nothing(receiver);
        pass(unit.multipliedBy(3));
        nothing(receiver);
        Inspectable inspectable = showing();
        if (inspectable != null) {
            assertThat(inspectable.dead(queue, 10)).hasSize(1);
        }
    }

    @Test
    void deadJobKeepsItsReasonPayloadAndAttempts() {
        Receiver receiver = receiver();
        stored(job("dead"));
        release(receiver, take(receiver), Cause.FAILED);
        Delivery second = take(receiver);
        String reason = "no such address: ж🐞\n" + "x".repeat(900);
        Inspectable inspectable = showing();
        if (refuses(Feature.DEAD_LETTER, receiver, new DeadLetter(second, reason)) || inspectable == null) {
            return;
        }
        bury(receiver, second, reason);
        List<Glimpse> dead = inspectable.dead(queue, 10);
        assertThat(dead).hasSize(1);
        Glimpse glimpse = dead.getFirst();
        assertThat(glimpse.id()).isEqualTo(second.id());
        assertThat(glimpse.queue()).isEqualTo(queue);
        assertThat(glimpse.state()).isEqualTo(JobState.DEAD);
        assertThat(glimpse.payload()).isEqualTo(second.payload());
        assertThat(glimpse.due()).isEmpty();
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(glimpse.attempts()).isEqualTo(2);
        }
        if (broker.capabilities().has(Feature.HEADERS)) {
            assertThat(glimpse.headers()).containsEntry(Settlement.REASON_HEADER, reason);
        }
    }

    @Test
    void headersOfADeadLetterAreAddedOrReplaced() {
        Inspectable inspectable = showing();
        if (refuses(Feature.HEADERS, job("x").withHeader("a", "1"))) {
            return;
        }
        stored(job("dead").withHeader("a", "1").withHeader("b", "2"));
        Receiver receiver = receiver();
        DeadLetter settlement = new DeadLetter(take(receiver), "why", header("b", "two"));
        if (refuses(Feature.DEAD_LETTER, receiver, settlement) || inspectable == null) {
            return;
        }
        accepted(settle(receiver, settlement));
        assertThat(inspectable.dead(queue, 10).getFirst().headers())
                .isEqualTo(Map.of("a", "1", "b", "two", Settlement.REASON_HEADER, "why"));
    }

    @Test
    void redrivenJobComesBackWithItsAttemptsCountedAnew() {
        Receiver receiver = receiver();
        stored(job("lazarus"));
        release(receiver, take(receiver), Cause.FAILED);
        Delivery second = take(receiver);
        Administrable administrable = facet(Administrable.class);
        if (refuses(Feature.DEAD_LETTER, receiver, new DeadLetter(second, "why")) || administrable == null) {
            return;
        }
        bury(receiver, second, "why");
        pass(unit);
        assertThat(administrable.redrive(queue, 10)).isEqualTo(1);
        Delivery third = take(receiver);
        assertThat(third.id()).isEqualTo(second.id());
        assertThat(third.payload()).isEqualTo(second.payload());
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(third.attempt()).isEqualTo(1);
        }
        ack(receiver, third);
        assertThat(administrable.redrive(queue, 10)).isZero();
    }

    @Test
    void oldestDeadAreRedrivenFirstAndNoMoreThanWasAsked() {
        Administrable administrable = facet(Administrable.class);
        Receiver receiver = receiver();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            if (!buried(receiver, job("dead " + i), "why")) {
                return;
            }
            pass(timing.tick());
            expected.add("dead " + i);
        }
        if (administrable == null) {
            return;
        }
        assertThat(administrable.redrive(queue, 2)).isEqualTo(2);
        assertThat(texts(take(receiver, 2))).containsExactlyInAnyOrderElementsOf(expected.subList(0, 2));
        nothing(receiver);
        assertThat(administrable.redrive(queue, 100)).isEqualTo(3);
        assertThat(texts(take(receiver, 3))).containsExactlyInAnyOrderElementsOf(expected.subList(2, 5));
    }

    @Test
    void deadAreListedOldestFirstAndNoMoreThanWasAsked() {
        Inspectable inspectable = showing();
        Receiver receiver = receiver();
        for (int i = 0; i < 4; i++) {
            if (!buried(receiver, job("dead " + i), "why")) {
                return;
            }
            pass(timing.tick());
        }
        if (inspectable == null) {
            return;
        }
        assertThat(inspectable.dead(queue, 3))
                .extracting(glimpse -> glimpse.payload().text())
                .isEqualTo(shown(List.of("dead 0", "dead 1", "dead 2")));
        assertThat(inspectable.dead(harness.freshQueue(), 3)).isEmpty();
    }

    @Test
    void purgeDeadThrowsAwayTheDeadAndNothingElse() {
        Administrable administrable = facet(Administrable.class);
        Receiver receiver = receiver();
        if (!buried(receiver, job("dead"), "why") || !buried(receiver, job("dead too"), "")) {
            return;
        }
        stored(job("alive"));
        if (administrable == null) {
            return;
        }
        assertThat(administrable.purgeDead(queue)).isEqualTo(2);
        assertThat(administrable.purgeDead(queue)).isZero();
        assertThat(administrable.redrive(queue, 10)).isZero();
        assertThat(texts(take(receiver, 1))).containsExactly("alive");
    }

    @Test
    void redrivenJobCanDieAgain() {
        Administrable administrable = facet(Administrable.class);
        Inspectable inspectable = showing();
        Receiver receiver = receiver();
        if (!buried(receiver, job("dead"), "first") || administrable == null || inspectable == null) {
            return;
        }
        administrable.redrive(queue, 1);
        bury(receiver, take(receiver), "second");
        assertThat(inspectable.dead(queue, 10)).hasSize(1);
        if (broker.capabilities().has(Feature.HEADERS)) {
            assertThat(inspectable.dead(queue, 10).getFirst().headers())
                    .containsEntry(Settlement.REASON_HEADER, "second");
        }
    }
}
