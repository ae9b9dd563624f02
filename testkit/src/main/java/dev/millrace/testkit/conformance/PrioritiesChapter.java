// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.Job;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job of a higher priority goes first; among equals the order is as without priorities. */
abstract class PrioritiesChapter extends Chapter {
    PrioritiesChapter(BrokerContract contract) {
        super(contract);
    }

    private boolean refused() {
        return refuses(Feature.PRIORITY, job("high").withPriority(Job.HIGHEST_PRIORITY))
                || refuses(Feature.PRIORITY, job("low").withPriority(Job.LOWEST_PRIORITY));
    }

    @Test
    @Proves(Promise.PRIORITY)
    void higherPriorityGoesFirst() {
        if (refused()) {
            return;
        }
        for (int priority : new int[] {3, 9, 0, 5, 7, 1, 8, 2, 6, 4}) {
            stored(job("priority " + priority).withPriority(priority));
        }
        Receiver receiver = receiver();
        List<String> expected = new ArrayList<>();
        for (int priority = 9; priority >= 0; priority--) {
            expected.add("priority " + priority);
        }
        assertThat(texts(take(receiver, 10))).isEqualTo(expected);
    }

    @Test
    void defaultPriorityIsTakenByEveryBroker() {
        stored(job("plain").withPriority(Job.DEFAULT_PRIORITY));
        take(receiver());
    }

    @Test
    void jobThatAsksForNoneIsInTheMiddle() {
        if (refused()) {
            return;
        }
        stored(job("below").withPriority(Job.DEFAULT_PRIORITY - 1));
        stored(job("plain"));
        stored(job("same").withPriority(Job.DEFAULT_PRIORITY));
        stored(job("above").withPriority(Job.DEFAULT_PRIORITY + 1));
        assertThat(texts(take(receiver(), 4))).containsExactly("above", "plain", "same", "below");
    }

    @Test
    void equalsComeAsTheyWereSent() {
        if (refused()) {
            return;
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stored(job("high " + i).withPriority(8));
            stored(job("low " + i).withPriority(2));
        }
        for (String level : List.of("high ", "low ")) {
            for (int i = 0; i < 20; i++) {
                expected.add(level + i);
            }
        }
        assertThat(texts(take(receiver(), 40))).isEqualTo(expected);
    }

    @Test
    void frontIsTheFrontOfItsPriority() {
        if (refused() || refuses(Feature.FRONT, job("x").atFront())) {
            return;
        }
        stored(job("high").withPriority(8));
        stored(job("low").withPriority(2));
        stored(job("low first").withPriority(2).atFront());
        stored(job("high first").withPriority(8).atFront());
        assertThat(texts(take(receiver(), 4))).containsExactly("high first", "high", "low first", "low");
    }

    @Test
    void jobThatComesAgainKeepsItsPriority() {
        if (refused()) {
            return;
        }
        stored(job("high").withPriority(8));
        Receiver receiver = receiver();
        Delivery high = take(receiver);
        stored(job("low").withPriority(2));
        release(receiver, high, Cause.FAILED);
        stored(job("middle").withPriority(5));
        assertThat(texts(take(receiver, 3))).containsExactly("high", "middle", "low");
    }

    @Test
    void delayedJobKeepsItsPriority() {
        if (refused() || refuses(Feature.DELAY, job("x").after(unit))) {
            return;
        }
        stored(job("high").withPriority(8).after(unit));
        stored(job("low").withPriority(2));
        pass(unit);
        assertThat(texts(take(receiver(), 2))).containsExactly("high", "low");
    }
}
