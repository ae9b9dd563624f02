// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** People may pause and purge. A broker that is not Administrable gives no way to ask; one that cannot pause says so. */
abstract class AdministrationChapter extends Chapter {
    AdministrationChapter(BrokerContract contract) {
        super(contract);
    }

    /** The facet, after pausing the queue; or null, after proof that this broker cannot. */
    private @Nullable Administrable paused(Pause pause) {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return null;
        }
        try {
            administrable.pause(queue, pause);
            return administrable;
        } catch (UnsupportedFeatureException e) {
            assertThat(e.broker()).isEqualTo(broker.name());
            stored(job("flows"));
            take(receiver());
            return null;
        }
    }

    private void isPaused(Pause pause) {
        if (facet(Inspectable.class) != null) {
            assertThat(InspectionChapter.status(broker, queue).map(QueueStatus::pause))
                    .contains(pause);
        }
    }

    private void refusedAsPaused(EnqueueResult answer) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.PAUSED);
            assertThat(refused.detail()).contains(queue.value());
        });
    }

    /** A broker that does not know how many jobs wait in a queue cannot throw them away either. */
    private boolean reachesTheWaiting() {
        return facet(Inspectable.class) == null
                || InspectionChapter.status(broker, queue)
                        .map(QueueStatus::waiting)
                        .filter(OptionalLong::isEmpty)
                        .isEmpty();
    }

    @Test
    @Proves(Promise.ADMINISTRABLE)
    void purgeThrowsAwayTheReadyAndTheWaitingAndNothingElse() {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return;
        }
        QueueName other = harness.freshQueue();
        stored(Job.of(other, Payload.text("other")));
        stored(job("leased"));
        Receiver receiver = receiver();
        Delivery leased = take(receiver);
        stored(jobs(3));
        boolean delays = !refuses(Feature.DELAY, job("x").after(unit));
        if (delays) {
            stored(job("later").after(unit));
        }
        boolean reached = delays && reachesTheWaiting();
        assertThat(administrable.purge(queue)).isEqualTo(reached ? 4 : 3);
        assertThat(administrable.purge(queue)).isZero();
        nothing(receiver);
        release(receiver, leased, Cause.FAILED);
        take(receiver);
        take(receiver(Subscription.to(other.value(), 1, unit)));
        pass(unit.minus(timing.tick()));
        nothing(receiver());
    }

    @Test
    void purgeOfAnUnknownQueueIsNothing() {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return;
        }
        assertThat(administrable.purge(harness.freshQueue())).isZero();
        assertThat(administrable.purgeDead(harness.freshQueue())).isZero();
        assertThat(administrable.redrive(harness.freshQueue(), 1)).isZero();
    }

    @Test
    void redrivingNoneIsAMistake() {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return;
        }
        assertThatIllegalArgumentException().isThrownBy(() -> administrable.redrive(queue, 0));
    }

    @Test
    void pausedInRefusesProducersAndServesWorkers() {
        stored(job("before"));
        Administrable administrable = paused(Pause.IN);
        if (administrable == null) {
            return;
        }
        isPaused(Pause.IN);
        refusedAsPaused(send(job("refused")));
        Receiver receiver = receiver();
        ack(receiver, take(receiver));
        administrable.pause(queue, Pause.NONE);
        stored(job("after"));
        assertThat(texts(take(receiver, 1))).containsExactly("after");
    }

    @Test
    void pausedInRefusesOnlyItsOwnQueue() {
        Administrable administrable = paused(Pause.IN);
        if (administrable == null) {
            return;
        }
        QueueName other = harness.freshQueue();
        List<EnqueueResult> answers =
                broker.send(List.of(Job.of(other, Payload.text("a")), job("b"), Job.of(other, Payload.text("c"))));
        assertThat(answers.get(0)).isInstanceOf(Stored.class);
        refusedAsPaused(answers.get(1));
        assertThat(answers.get(2)).isInstanceOf(Stored.class);
        assertThat(texts(take(receiver(Subscription.to(other.value(), 9, unit)), 2)))
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void pausedOutServesProducersAndNoWorkers() {
        stored(job("before"));
        Receiver receiver = receiver();
        Delivery before = take(receiver);
        Administrable administrable = paused(Pause.OUT);
        if (administrable == null) {
            return;
        }
        isPaused(Pause.OUT);
        stored(job("after"));
        nothing(receiver);
        ack(receiver, before);
        nothing(receiver());
        administrable.pause(queue, Pause.NONE);
        assertThat(texts(take(receiver, 1))).containsExactly("after");
    }

    @Test
    void pausedOutLetsDelaysEnd() {
        if (refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        Administrable administrable = paused(Pause.OUT);
        if (administrable == null) {
            return;
        }
        stored(job("later").after(unit));
        pass(unit);
        nothing(receiver());
        administrable.pause(queue, Pause.NONE);
        take(receiver());
    }

    @Test
    void pausedBothStopsBoth() {
        stored(job("before"));
        Administrable administrable = paused(Pause.BOTH);
        if (administrable == null) {
            return;
        }
        isPaused(Pause.BOTH);
        refusedAsPaused(send(job("refused")));
        nothing(receiver());
        administrable.pause(queue, Pause.OUT);
        stored(job("after"));
        nothing(receiver());
        administrable.pause(queue, Pause.NONE);
        take(receiver(), 2);
    }

    @Test
    void pausedQueueIsListedAlthoughItIsEmpty() {
        Administrable administrable = paused(Pause.IN);
        if (administrable == null || facet(Inspectable.class) == null) {
            return;
        }
        isPaused(Pause.IN);
        administrable.pause(queue, Pause.NONE);
        assertThat(InspectionChapter.status(broker, queue)).isEmpty();
    }

    @Test
    void releasesAreTakenByAPausedQueue() {
        stored(job("again"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        Administrable administrable = paused(Pause.BOTH);
        if (administrable == null) {
            return;
        }
        release(receiver, delivery, Cause.FAILED);
        nothing(receiver);
        administrable.pause(queue, Pause.NONE);
        take(receiver);
    }
}
