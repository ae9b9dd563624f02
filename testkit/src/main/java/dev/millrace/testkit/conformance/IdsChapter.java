// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A chosen id names one job for as long as the broker knows it. */
abstract class IdsChapter extends Chapter {
    private final String id = "order-" + UUID.randomUUID();

    IdsChapter(BrokerContract contract) {
        super(contract);
    }

    private Job named(String text) {
        return job(text).withId(id);
    }

    private void isDuplicate(String state) {
        assertThat(send(named("again"))).as(state).isEqualTo(new Duplicate(new JobId(id)));
    }

    private void isFree() {
        assertThat(send(named("next"))).isEqualTo(new Stored(new JobId(id)));
    }

    @Test
    @Proves(Promise.CHOSEN_ID)
    void secondJobWithAnIdIsADuplicateUntilTheFirstIsDone() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        assertThat(stored(named("first"))).isEqualTo(new JobId(id));
        isDuplicate("ready");
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        assertThat(delivery.id()).isEqualTo(new JobId(id));
        isDuplicate("leased");
        ack(receiver, delivery);
        isFree();
        assertThat(texts(take(receiver, 1))).containsExactly("next");
        nothing(receiver);
    }

    @Test
    void duplicateChangesNothingOfTheFirst() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(job("before"));
        stored(named("first"));
        stored(job("after"));
        isDuplicate("ready");
        assertThat(texts(take(receiver(), 3))).containsExactlyInAnyOrder("before", "first", "after");
    }

    @Test
    void idIsTakenWhileTheJobWaits() {
        if (refuses(Feature.CHOSEN_ID, named("first")) || refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        stored(named("first").after(unit));
        isDuplicate("waiting");
        pass(unit);
        isDuplicate("ready again");
    }

    @Test
    void idIsTakenThroughRetries() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(named("first"));
        Receiver receiver = receiver();
        release(receiver, take(receiver), Cause.FAILED);
        isDuplicate("released");
        take(receiver);
        pass(unit);
        isDuplicate("its lease has ended");
    }

    @Test
    void idIsTakenWhileTheJobIsDead() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(named("first"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        if (refuses(Feature.DEAD_LETTER, receiver, new DeadLetter(delivery, "why"))) {
            return;
        }
        bury(receiver, delivery, "why");
        isDuplicate("dead");
        Administrable administrable = facet(Administrable.class);
        if (administrable != null) {
            assertThat(administrable.purgeDead(queue)).isEqualTo(1);
            isFree();
        }
    }

    @Test
    void idIsFreeAfterAPurge() {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null || refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(named("first"));
        assertThat(administrable.purge(queue)).isEqualTo(1);
        isFree();
    }

    @Test
    void idIsFreeAfterItsExpiry() {
        if (refuses(Feature.CHOSEN_ID, named("first")) || refuses(Feature.EXPIRY, job("x").expiringAfter(unit))) {
            return;
        }
        stored(named("first").expiringAfter(unit));
        passNearly(unit);
        isDuplicate("not expired");
        passTick();
        isFree();
    }

    @Test
    void idIsFreeAfterReceivingAtMostOnce() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(named("first"));
        take(receiver(subscription(10, unit, Guarantee.AT_MOST_ONCE)));
        isFree();
    }

    @Test
    void secondJobOfOneBatchIsADuplicateOfTheFirst() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        List<EnqueueResult> answers = broker.send(List.of(named("first"), job("between"), named("second")));
        assertThat(answers.get(0)).isEqualTo(new Stored(new JobId(id)));
        assertThat(answers.get(1)).isInstanceOf(Stored.class);
        assertThat(answers.get(2)).isEqualTo(new Duplicate(new JobId(id)));
        Receiver receiver = receiver();
        assertThat(texts(take(receiver, 2))).containsExactlyInAnyOrder("first", "between");
        nothing(receiver);
    }

    @Test
    void idIsTakenInEveryQueue() {
        if (refuses(Feature.CHOSEN_ID, named("first"))) {
            return;
        }
        stored(named("first"));
        Job elsewhere = Job.of(harness.freshQueue(), Payload.text("again")).withId(id);
        assertThat(send(elsewhere)).isEqualTo(new Duplicate(new JobId(id)));
    }

    @Test
    void idsMayBeLongAndOfAnyScript() {
        String unique = UUID.randomUUID().toString();
        for (String odd : List.of(unique + "n".repeat(JobId.MAX_BYTES - 36), "жук 🐞 " + unique, unique + "?&/:%00")) {
            if (refuses(Feature.CHOSEN_ID, job("odd").withId(odd))) {
                continue;
            }
            assertThat(stored(job("odd").withId(odd))).isEqualTo(new JobId(odd));
            assertThat(send(job("again").withId(odd))).isEqualTo(new Duplicate(new JobId(odd)));
            Receiver receiver = receiver();
            Delivery delivery = take(receiver);
            assertThat(delivery.id()).isEqualTo(new JobId(odd));
            ack(receiver, delivery);
        }
    }

    @Test
    void idThatTheBrokerGaveIsNeverASecondJob() {
        if (refuses(Feature.CHOSEN_ID, named("claimant"))) {
            return;
        }
        JobId given = stored(job("given"));
        Job claimant = job("claimant").withId(given.value());
        assertThat(send(claimant)).isInstanceOfAny(Duplicate.class, Refused.class);
        Receiver receiver = receiver();
        assertThat(take(receiver).payload().text()).isEqualTo("given");
        nothing(receiver);
    }

    @Test
    void idsThatTheBrokerGivesNeverComeTwice() {
        List<JobId> first = stored(jobs(500));
        Receiver receiver = receiver();
        ackAll(receiver, take(receiver, 500));
        pass(Duration.ofMillis(1));
        List<JobId> second = stored(jobs(500));
        assertThat(second).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();
    }
}
