// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.job.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that nobody took in time is forgotten, to the tick; one that was taken is not touched. */
abstract class ExpiryChapter extends Chapter {
    ExpiryChapter(BrokerContract contract) {
        super(contract);
    }

    private Job brief(String text) {
        return job(text).expiringAfter(unit);
    }

    @Test
    void jobIsThereUntilItsExpiry() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(brief("news"));
        passNearly(unit);
        assertThat(texts(take(receiver(), 1))).containsExactly("news");
    }

    @Test
    @Proves(Promise.EXPIRY)
    void jobIsGoneOnItsExpiry() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(List.of(brief("old news"), job("book")));
        passUntilForgotten(unit);
        Receiver receiver = receiver();
        assertThat(texts(take(receiver, 1))).containsExactly("book");
        nothing(receiver);
    }

    @Test
    void waitingJobExpiresToo() {
        if (refuses(Feature.EXPIRY, brief("news"))
                || refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        stillborn(brief("too late").after(unit.multipliedBy(2)));
        stored(job("in time").after(unit).expiringAfter(unit.multipliedBy(2)));
        pass(unit);
        Receiver receiver = receiver(unit.multipliedBy(9));
        assertThat(texts(take(receiver, 1))).containsExactly("in time");
        pass(unit);
        nothing(receiver);
    }

    @Test
    void takenJobCanBeAcknowledgedAfterItsExpiry() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(brief("news"));
        Receiver receiver = receiver(unit.multipliedBy(4));
        Delivery delivery = take(receiver);
        pass(unit.multipliedBy(2));
        ack(receiver, delivery);
        nothing(receiver);
    }

    @Test
    void deadLetterDoesNotExpire() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(brief("news"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        Inspectable inspectable = showing();
        if (refuses(Feature.DEAD_LETTER, receiver, new DeadLetter(delivery, "bad news")) || inspectable == null) {
            return;
        }
        bury(receiver, delivery, "bad news");
        pass(unit.multipliedBy(2));
        assertThat(inspectable.dead(queue, 10)).hasSize(1);
    }

    @Test
    void redrivenJobDoesNotExpire() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(brief("news"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        Administrable administrable = facet(Administrable.class);
        if (refuses(Feature.DEAD_LETTER, receiver, new DeadLetter(delivery, "bad news")) || administrable == null) {
            return;
        }
        bury(receiver, delivery, "bad news");
        pass(unit.multipliedBy(2));
        assertThat(administrable.redrive(queue, 1)).isEqualTo(1);
        assertThat(texts(take(receiver, 1))).containsExactly("news");
    }

    @Test
    void expiredJobsAreNotCounted() {
        Inspectable inspectable = showing();
        if (refuses(Feature.EXPIRY, brief("news")) || inspectable == null) {
            return;
        }
        stored(List.of(brief("one"), job("three")));
        stillborn(brief("two").after(unit.multipliedBy(3)));
        passUntilForgotten(unit);
        assertThat(inspectable.peek(queue, 10)).hasSize(1);
        inspectable.queues().stream().filter(s -> s.queue().equals(queue)).forEach(status -> {
            status.ready().ifPresent(ready -> assertThat(ready).isEqualTo(1));
            status.waiting().ifPresent(waiting -> assertThat(waiting).isZero());
        });
    }

    @Test
    void expiryIsKeptThroughARelease() {
        if (refuses(Feature.EXPIRY, brief("news"))) {
            return;
        }
        stored(brief("news"));
        Receiver receiver = receiver();
        release(receiver, take(receiver), Cause.NOT_TRIED);
        passNearly(unit);
        take(receiver);
    }
}
