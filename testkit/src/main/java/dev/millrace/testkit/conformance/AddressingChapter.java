// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A job can be shown, ended and made ready by its id alone, in every state. */
abstract class AddressingChapter extends Chapter {
    AddressingChapter(BrokerContract contract) {
        super(contract);
    }

    private static JobState state(Addressable addressable, JobId id) {
        return addressable.show(id).orElseThrow().state();
    }

    @Test
    @Proves(Promise.ADDRESSABLE)
    void readyJobIsShownReleasedAndEnded() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("soup"));
        if (addressable == null) {
            return;
        }
        Glimpse glimpse = addressable.show(id).orElseThrow();
        assertThat(glimpse.id()).isEqualTo(id);
        assertThat(glimpse.queue()).isEqualTo(queue);
        assertThat(glimpse.state()).isEqualTo(JobState.READY);
        assertThat(glimpse.payload()).isEqualTo(Payload.text("soup"));
        assertThat(glimpse.attempts()).isZero();
        assertThat(glimpse.due()).isEmpty();
        accepted(addressable.release(id));
        assertThat(state(addressable, id)).isEqualTo(JobState.READY);
        accepted(addressable.ack(id));
        assertThat(addressable.show(id)).isEmpty();
        nothing(receiver());
    }

    @Test
    void unknownJobIsLost() {
        Addressable addressable = facet(Addressable.class);
        if (addressable == null) {
            return;
        }
        JobId unknown = new JobId("unknown-" + UUID.randomUUID());
        assertThat(addressable.show(unknown)).isEmpty();
        assertThat(addressable.ack(unknown)).isEqualTo(Settled.LOST);
        assertThat(addressable.release(unknown)).isEqualTo(Settled.LOST);
        JobId done = stored(job("done"));
        accepted(addressable.ack(done));
        assertThat(addressable.ack(done)).isEqualTo(Settled.LOST);
        assertThat(addressable.release(done)).isEqualTo(Settled.LOST);
    }

    @Test
    void waitingJobIsShownWithItsTimeAndMadeReady() {
        Addressable addressable = facet(Addressable.class);
        if (addressable == null || refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        JobId id = stored(job("later").after(unit));
        Glimpse glimpse = addressable.show(id).orElseThrow();
        assertThat(glimpse.state()).isEqualTo(JobState.WAITING);
        glimpse.enqueuedAt()
                .ifPresent(at -> assertThat(Duration.between(at, glimpse.due().orElseThrow()))
                        .isBetween(unit.minus(timing.tick()), unit.plus(timing.tick())));
        nothing(receiver());
        accepted(addressable.release(id));
        Receiver receiver = receiver();
        ack(receiver, take(receiver));
        pass(unit);
        nothing(receiver);
    }

    @Test
    void waitingJobCanBeEnded() {
        Addressable addressable = facet(Addressable.class);
        if (addressable == null || refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        accepted(addressable.ack(stored(job("later").after(unit))));
        pass(unit);
        nothing(receiver());
    }

    @Test
    void leasedJobIsShownWithTheEndOfItsLease() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("mine"));
        Delivery delivery = take(receiver());
        if (addressable == null) {
            return;
        }
        Glimpse glimpse = addressable.show(id).orElseThrow();
        assertThat(glimpse.state()).isEqualTo(JobState.LEASED);
        Instant end = delivery.leaseUntil().orElseThrow();
        assertThat(glimpse.due().orElseThrow())
                .isCloseTo(
                        end,
                        within(timing.patience().isZero() ? 0 : timing.tick().toMillis(), ChronoUnit.MILLIS));
        if (broker.capabilities().attempts() == AttemptCount.EXACT) {
            assertThat(glimpse.attempts()).isEqualTo(1);
        }
    }

    @Test
    void jobThatIsEndedIsTakenFromItsWorker() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("mine"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        if (addressable == null) {
            return;
        }
        accepted(addressable.ack(id));
        tooLate(settle(receiver, new Ack(delivery)));
        pass(unit);
        nothing(receiver);
    }

    @Test
    void jobThatIsReleasedIsTakenFromItsWorker() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("mine"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        if (addressable == null) {
            return;
        }
        accepted(addressable.release(id));
        Delivery again = take(receiver());
        assertThat(again.id()).isEqualTo(id);
        tooLate(settle(receiver, new Ack(delivery)));
    }

    private void tooLate(Settled answer) {
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(answer).isEqualTo(Settled.LOST);
        } else {
            assertThat(answer).isNotNull();
        }
    }

    @Test
    void deadJobIsShownAndBroughtBack() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("dead"));
        Receiver receiver = receiver();
        DeadLetter dead = new DeadLetter(take(receiver), "why");
        if (refuses(Feature.DEAD_LETTER, receiver, dead) || addressable == null) {
            return;
        }
        accepted(settle(receiver, dead));
        assertThat(state(addressable, id)).isEqualTo(JobState.DEAD);
        accepted(addressable.release(id));
        assertThat(take(receiver).id()).isEqualTo(id);
    }

    @Test
    void deadJobCanBeEnded() {
        Addressable addressable = facet(Addressable.class);
        JobId id = stored(job("dead"));
        Receiver receiver = receiver();
        DeadLetter dead = new DeadLetter(take(receiver), "why");
        if (refuses(Feature.DEAD_LETTER, receiver, dead) || addressable == null) {
            return;
        }
        accepted(settle(receiver, dead));
        accepted(addressable.ack(id));
        assertThat(addressable.show(id)).isEmpty();
    }

    @Test
    void chosenIdIsAnAddress() {
        String id = "invoice-" + UUID.randomUUID();
        Addressable addressable = facet(Addressable.class);
        if (addressable == null || refuses(Feature.CHOSEN_ID, job("x").withId(id))) {
            return;
        }
        stored(job("named").withId(id));
        assertThat(addressable.show(new JobId(id)).orElseThrow().payload().text())
                .isEqualTo("named");
        accepted(addressable.ack(new JobId(id)));
        nothing(receiver());
    }
}
