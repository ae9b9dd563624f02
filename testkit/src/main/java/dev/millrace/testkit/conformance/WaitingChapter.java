// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/*
 * A receiver that waits is woken by whatever makes a job ready, and by nothing later than that. On the system's time: a
 * thread waits until the deadline, and a test in which nothing woke it fails by coming back empty or not in time.
 */
abstract class WaitingChapter extends Chapter {
    WaitingChapter(BrokerContract contract) {
        super(contract);
    }

    @Override
    Broker open() {
        return harness.openOnSystemTime();
    }

    private Background<List<Delivery>> waiting(Receiver receiver) {
        return Background.start(() -> receiver.receive(10, deadline)).settled();
    }

    private void woken(Background<List<Delivery>> waiting, String... texts) {
        Stopwatch stopwatch = new Stopwatch();
        assertThat(texts(waiting.result())).containsExactly(texts);
        assertThat(stopwatch.elapsed()).isLessThan(deadline.dividedBy(2));
    }

    @Test
    void whatIsThereIsGivenWithoutWaitingForMore() {
        stored(job("only"));
        Stopwatch stopwatch = new Stopwatch();
        assertThat(texts(ask(receiver(), 10, deadline))).containsExactly("only");
        assertThat(stopwatch.elapsed()).isLessThan(deadline.dividedBy(2));
    }

    @Test
    void patienceIsKept() {
        Duration patience = Duration.ofMillis(150);
        Stopwatch stopwatch = new Stopwatch();
        assertThat(ask(receiver(), 1, patience)).isEmpty();
        assertThat(stopwatch.elapsed()).isBetween(patience.minusMillis(5), deadline.dividedBy(2));
    }

    @Test
    void enqueueWakes() {
        Background<List<Delivery>> waiting = waiting(receiver());
        stored(job("new"));
        woken(waiting, "new");
    }

    @Test
    void enqueueWakesTheReceiverOfSeveralQueues() {
        List<QueueName> queues = List.of(harness.freshQueue(), harness.freshQueue(), queue);
        Receiver receiver = receiver(new Subscription(queues, 10, deadline, Guarantee.AT_LEAST_ONCE));
        Background<List<Delivery>> waiting = waiting(receiver);
        stored(job("third"));
        woken(waiting, "third");
    }

    @Test
    void everyJobWakesSomebody() {
        List<Background<List<Delivery>>> waiting = IntStream.range(0, 8)
                .mapToObj(i -> receiver(subscription(1, deadline, Guarantee.AT_LEAST_ONCE)))
                .map(this::waiting)
                .toList();
        stored(jobs(8));
        assertThat(waiting).extracting(background -> background.result().size()).containsOnly(1);
    }

    @Test
    void endOfADelayWakes() {
        if (refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        Duration delay = timing.patience().isZero() ? Duration.ofMillis(300) : unit;
        Background<List<Delivery>> waiting = waiting(receiver());
        stored(job("later").after(delay));
        woken(waiting, "later");
    }

    @Test
    void jobDueEarlierWakesEarlier() {
        if (refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        Duration delay = timing.patience().isZero() ? Duration.ofMillis(200) : unit;
        Background<List<Delivery>> waiting = waiting(receiver());
        stored(job("much later").after(Duration.ofHours(1)));
        stored(job("soon").after(delay));
        woken(waiting, "soon");
    }

    @Test
    void endOfALeaseWakes() {
        if (broker.capabilities().leases() == LeaseScope.CONNECTION) {
            endOfAConnectionWakes();
            return;
        }
        Duration lease = timing.patience().isZero() ? Duration.ofMillis(300) : unit;
        stored(job("again").withTimeLimit(lease));
        take(receiver(lease));
        woken(waiting(receiver(deadline)), "again");
    }

    private void endOfAConnectionWakes() {
        stored(job("again"));
        Receiver first = receiver();
        take(first);
        Background<List<Delivery>> waiting = waiting(receiver());
        first.close();
        woken(waiting, "again");
    }

    @Test
    void releaseWakes() {
        stored(job("again"));
        Receiver first = receiver(deadline);
        Delivery delivery = take(first);
        Background<List<Delivery>> waiting = waiting(receiver(deadline));
        release(first, delivery, Cause.FAILED);
        woken(waiting, "again");
    }

    @Test
    void endOfADelayedRetryWakes() {
        stored(job("again"));
        Receiver first = receiver(deadline);
        Delivery delivery = take(first);
        Duration delay = timing.patience().isZero() ? Duration.ofMillis(200) : unit;
        Release later = new Release(delivery, delay, Cause.FAILED);
        if (refuses(Feature.DELAYED_RETRY, first, later)) {
            return;
        }
        Background<List<Delivery>> waiting = waiting(receiver(deadline));
        accepted(settle(first, later));
        woken(waiting, "again");
    }

    @Test
    void roomWakes() {
        stored(List.of(job("one"), job("two")));
        Receiver receiver = receiver(subscription(1, deadline, Guarantee.AT_LEAST_ONCE));
        Delivery first = take(receiver);
        Background<List<Delivery>> waiting = waiting(receiver);
        ack(receiver, first);
        assertThat(waiting.result()).hasSize(1);
    }

    @Test
    void endOfAPauseWakes() {
        Administrable administrable = facet(Administrable.class);
        if (administrable == null) {
            return;
        }
        try {
            administrable.pause(queue, Pause.OUT);
        } catch (UnsupportedFeatureException e) {
            assertThat(e.broker()).isEqualTo(broker.name());
            return;
        }
        stored(job("held"));
        Background<List<Delivery>> waiting = waiting(receiver(deadline));
        administrable.pause(queue, Pause.NONE);
        woken(waiting, "held");
    }

    @Test
    void redriveWakes() {
        Administrable administrable = facet(Administrable.class);
        stored(job("dead"));
        Receiver first = receiver(deadline);
        Delivery delivery = take(first);
        if (administrable == null || refuses(Feature.DEAD_LETTER, first, new DeadLetter(delivery, "why"))) {
            return;
        }
        bury(first, delivery, "why");
        Background<List<Delivery>> waiting = waiting(receiver(deadline));
        administrable.redrive(queue, 1);
        woken(waiting, "dead");
    }
}
