// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.Job;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First in, first out where that is declared; at the front where that was asked. */
abstract class OrderingChapter extends Chapter {
    OrderingChapter(BrokerContract contract) {
        super(contract);
    }

    private void inOrder(List<String> actual, List<String> expected) {
        if (broker.capabilities().ordering() == Ordering.FIFO) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<String> expected(List<Job> jobs) {
        return jobs.stream().map(job -> job.payload().text()).toList();
    }

    @Test
    @Proves(Promise.ORDERING)
    void jobsComeAsTheyWereSent() {
        List<Job> jobs = jobs(1_000);
        stored(jobs.subList(0, 1));
        stored(jobs.subList(1, 10));
        stored(jobs.subList(10, 1_000));
        inOrder(texts(take(receiver(), 1_000)), expected(jobs));
    }

    @Test
    void orderHoldsFromOneReceivingToTheNext() {
        List<Job> jobs = jobs(60);
        stored(jobs);
        Receiver receiver = receiver();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Delivery> some = take(receiver, 3);
            taken.addAll(texts(some));
            ackAll(receiver, some);
        }
        inOrder(taken, expected(jobs));
    }

    @Test
    void jobThatComesAgainLeavesTheOthersInOrder() {
        List<Job> jobs = jobs(30);
        stored(jobs);
        Receiver receiver = receiver();
        List<Delivery> first = take(receiver, 2);
        release(receiver, first.get(0), Cause.FAILED);
        ack(receiver, first.get(1));
        List<String> rest = new ArrayList<>(texts(take(receiver, 29)));
        assertThat(rest.remove("job 0") || rest.remove("job 1")).isTrue();
        List<String> expected = new ArrayList<>(expected(jobs));
        expected.removeAll(texts(first));
        if (broker.capabilities().ordering() == Ordering.FIFO) {
            assertThat(rest).isEqualTo(expected);
        } else {
            assertThat(rest).hasSize(28);
        }
    }

    @Test
    @Proves(Promise.FRONT)
    void jobAtTheFrontGoesBeforeThoseThatWait() {
        if (refuses(Feature.FRONT, job("urgent").atFront())) {
            return;
        }
        List<Job> jobs = jobs(5);
        stored(jobs);
        stored(job("urgent").atFront());
        stored(job("last"));
        List<String> expected = new ArrayList<>(expected(jobs));
        expected.addFirst("urgent");
        expected.add("last");
        assertThat(texts(take(receiver(), 7))).isEqualTo(expected);
    }

    @Test
    void lastOfThoseAtTheFrontGoesFirst() {
        if (refuses(Feature.FRONT, job("urgent").atFront())) {
            return;
        }
        List<String> expected = new ArrayList<>();
        stored(job("plain"));
        for (int i = 0; i < 5; i++) {
            stored(job("front " + i).atFront());
            expected.add("front " + i);
        }
        Collections.reverse(expected);
        expected.add("plain");
        assertThat(texts(take(receiver(), 6))).isEqualTo(expected);
    }

    @Test
    void jobAtTheFrontOfAnEmptyQueueIsAJob() {
        if (refuses(Feature.FRONT, job("urgent").atFront())) {
            return;
        }
        stored(List.of(job("urgent").atFront(), job("plain")));
        assertThat(texts(take(receiver(), 2))).containsExactly("urgent", "plain");
    }
}
