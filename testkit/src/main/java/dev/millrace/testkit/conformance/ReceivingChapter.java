// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a receiver gets, how much of it, and from where; nobody waits here. */
abstract class ReceivingChapter extends Chapter {
    ReceivingChapter(BrokerContract contract) {
        super(contract);
    }

    @Test
    void emptyQueueIsAnsweredAtOnceWithoutPatience() {
        nothing(receiver());
    }

    @Test
    void queueNeedNotExistBefore() {
        Receiver receiver = receiver();
        nothing(receiver);
        stored(job("late"));
        assertThat(take(receiver).payload().text()).isEqualTo("late");
    }

    @Test
    void noMoreThanWasAskedForIsGiven() {
        stored(jobs(10));
        Receiver receiver = receiver();
        assertThat(ask(receiver, 3, timing.patience()).size()).isBetween(1, 3);
    }

    @Test
    void everyJobIsGivenToOneReceiverOnly() {
        stored(jobs(20));
        Receiver one = receiver();
        Receiver two = receiver();
        Set<JobId> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertThat(seen.add(take(one).id())).isTrue();
            assertThat(seen.add(take(two).id())).isTrue();
        }
        nothing(one);
        nothing(two);
    }

    @Test
    void noMoreThanMaxInFlightIsGiven() {
        stored(jobs(10));
        Receiver receiver = receiver(subscription(3, unit, Guarantee.AT_LEAST_ONCE));
        take(receiver, 3);
        assertThat(ask(receiver, 10, Duration.ZERO)).isEmpty();
    }

    @Test
    void settlingMakesRoom() {
        stored(jobs(10));
        Receiver receiver = receiver(subscription(3, unit, Guarantee.AT_LEAST_ONCE));
        List<Delivery> taken = take(receiver, 3);
        ack(receiver, taken.getFirst());
        take(receiver);
        nothing(receiver);
        ackAll(receiver, taken.subList(1, 3));
        assertThat(take(receiver, 2)).doesNotContainAnyElementsOf(taken);
        nothing(receiver);
    }

    @Test
    void releasingMakesRoomToo() {
        stored(jobs(2));
        Receiver receiver = receiver(subscription(1, unit, Guarantee.AT_LEAST_ONCE));
        release(receiver, take(receiver), Cause.NOT_TRIED);
        release(receiver, take(receiver), Cause.FAILED);
        take(receiver);
    }

    @Test
    void roomIsCountedForEachReceiverAlone() {
        stored(jobs(4));
        take(receiver(subscription(2, unit, Guarantee.AT_LEAST_ONCE)), 2);
        take(receiver(subscription(2, unit, Guarantee.AT_LEAST_ONCE)), 2);
    }

    @Test
    void subscriptionToSeveralQueuesGetsFromAllOfThemAndNoOther() {
        List<QueueName> queues = List.of(harness.freshQueue(), harness.freshQueue(), harness.freshQueue());
        queues.forEach(name -> broker.send(List.of(Job.of(name, Payload.text(name.value())))));
        stored(job("other"));
        Receiver receiver = receiver(new Subscription(queues, 10, unit, Guarantee.AT_LEAST_ONCE));
        List<Delivery> taken = take(receiver, 3);
        assertThat(taken).extracting(Delivery::queue).containsExactlyInAnyOrderElementsOf(queues);
        assertThat(taken)
                .allSatisfy(
                        d -> assertThat(d.payload().text()).isEqualTo(d.queue().value()));
        nothing(receiver);
    }

    @Test
    void noQueueOfASubscriptionStarves() {
        List<QueueName> queues = List.of(harness.freshQueue(), harness.freshQueue(), harness.freshQueue());
        List<Job> jobs = new ArrayList<>();
        queues.forEach(name -> {
            for (int i = 0; i < 30; i++) {
                jobs.add(Job.of(name, Payload.text("")));
            }
        });
        stored(jobs);
        Receiver receiver = receiver(new Subscription(queues, 100, unit, Guarantee.AT_LEAST_ONCE));
        Set<QueueName> seen = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            seen.add(take(receiver).queue());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(queues);
    }

    @Test
    void receiversOfOneQueueMaySubscribeToDifferentSets() {
        QueueName other = harness.freshQueue();
        Receiver both = receiver(new Subscription(List.of(other, queue), 10, unit, Guarantee.AT_LEAST_ONCE));
        Receiver one = receiver();
        stored(job("a"));
        stored(Job.of(other, Payload.text("b")));
        assertThat(texts(take(one, 1))).containsExactly("a");
        assertThat(texts(take(both, 1))).containsExactly("b");
    }

    @Test
    void manyQueuesHoldTheirJobsApart() {
        int many = harness.manyQueues();
        List<QueueName> queues = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            QueueName name = harness.freshQueue();
            queues.add(name);
            jobs.add(Job.of(name, Payload.text(name.value())));
        }
        stored(jobs);
        Receiver last = receiver(Subscription.to(queues.getLast().value(), 10, unit));
        assertThat(take(last).payload().text()).isEqualTo(queues.getLast().value());
        Receiver others = receiver(new Subscription(queues.subList(0, many - 1), many, unit, Guarantee.AT_LEAST_ONCE));
        Set<QueueName> seen = new HashSet<>();
        for (Delivery delivery : take(others, many - 1)) {
            assertThat(delivery.payload().text()).isEqualTo(delivery.queue().value());
            assertThat(seen.add(delivery.queue())).isTrue();
        }
        nothing(others);
    }
}
