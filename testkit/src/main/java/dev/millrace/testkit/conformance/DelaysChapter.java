// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A job waits for its delay, to the tick. */
abstract class DelaysChapter extends Chapter {
    DelaysChapter(BrokerContract contract) {
        super(contract);
    }

    @Test
    @Proves(Promise.DELAY)
    void delayedJobIsNotThereATickBeforeAndIsThereOnTime() {
        if (refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        stored(job("later").after(unit));
        Receiver receiver = receiver();
        nothing(receiver);
        passNearly(unit);
        nothing(receiver);
        passTick();
        assertThat(texts(take(receiver, 1))).containsExactly("later");
        nothing(receiver);
    }

    @Test
    void shortestDelayIsADelay() {
        if (refuses(Feature.DELAY, job("later").after(timing.tick()))) {
            return;
        }
        stored(job("later").after(timing.tick()));
        Receiver receiver = receiver();
        nothing(receiver);
        passTick();
        take(receiver);
    }

    @Test
    void noDelayIsNoDelay() {
        stored(job("now").after(Duration.ZERO));
        take(receiver());
    }

    @Test
    void delayedJobHoldsUpNobody() {
        if (refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        stored(List.of(job("later").after(unit), job("now")));
        Receiver receiver = receiver();
        Delivery now = take(receiver);
        assertThat(now.payload().text()).isEqualTo("now");
        ack(receiver, now);
        nothing(receiver);
        pass(unit);
        assertThat(texts(take(receiver, 1))).containsExactly("later");
    }

    @Test
    void delayedJobsComeInTheOrderOfTheirTime() {
        if (refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        int many = timing.patience().isZero() ? 20 : 5;
        List<Job> jobs = new ArrayList<>();
        for (int i = 1; i <= many; i++) {
            jobs.add(job("due " + i).after(unit.plus(timing.tick().multipliedBy(2L * i))));
        }
        Collections.shuffle(jobs, new Random(7));
        Stopwatch sent = new Stopwatch();
        stored(jobs);
        Receiver receiver = receiver();
        pass(unit);
        for (int i = 1; i <= many; i++) {
            passTick();
            nothingWithin(unit.plus(timing.tick().multipliedBy(2L * i)), sent, receiver);
            passTick();
            assertThat(texts(take(receiver, 1))).containsExactly("due " + i);
        }
    }

    @Test
    void manyDelaysMayEndInOneLeap() {
        if (refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        List<Job> jobs = new ArrayList<>();
        List<String> inOrder = new ArrayList<>();
        int many = timing.patience().isZero() ? 300 : 30;
        for (int i = 1; i <= many; i++) {
            jobs.add(job("due " + i).after(timing.tick().multipliedBy(i)));
            inOrder.add("due " + i);
        }
        Collections.shuffle(jobs, new Random(11));
        stored(jobs);
        pass(timing.tick().multipliedBy(many));
        List<String> taken = texts(take(receiver(), many));
        if (broker.capabilities().ordering() == Ordering.FIFO) {
            assertThat(taken).isEqualTo(inOrder);
        } else {
            assertThat(taken).containsExactlyInAnyOrderElementsOf(inOrder);
        }
    }

    @Test
    void delaysOfAllLengthsAreKept() {
        if (refuses(Feature.DELAY, job("later").after(unit))) {
            return;
        }
        List<Duration> lengths = timing.patience().isZero()
                ? List.of(
                        Duration.ofMillis(255),
                        Duration.ofMillis(256),
                        Duration.ofMillis(257),
                        Duration.ofSeconds(65),
                        Duration.ofSeconds(66),
                        Duration.ofHours(5),
                        Duration.ofDays(50),
                        Duration.ofDays(400),
                        Duration.ofDays(20_000))
                : List.of(unit, unit.multipliedBy(2));
        lengths = lengths.stream()
                .filter(length -> length.compareTo(timing.tick()) > 0)
                .toList();
        lengths.forEach(length -> stored(job(length.toString()).after(length)));
        Receiver receiver = receiver(Duration.ofDays(36_000));
        Duration passed = Duration.ZERO;
        for (Duration length : lengths) {
            passNearly(length.minus(passed));
            nothing(receiver);
            passTick();
            List<Delivery> due = take(receiver, 1);
            assertThat(texts(due)).containsExactly(length.toString());
            ackAll(receiver, due);
            passed = length;
        }
    }

    @Test
    void longestDelayIsTaken() {
        Duration longest = Duration.ofDays(36_500);
        if (refuses(Feature.DELAY, job("in a century").after(longest))) {
            return;
        }
        stored(job("in a century").after(longest));
        pass(unit);
        nothing(receiver());
    }

    @Test
    void delayedJobKeepsWhatTravelsWithIt() {
        if (refuses(Feature.DELAY, job("later").after(unit))
                || refuses(Feature.HEADERS, job("later").withHeader("a", "1"))) {
            return;
        }
        stored(job("later").after(unit).withHeader("a", "1"));
        pass(unit);
        Delivery delivery = take(receiver());
        assertThat(delivery.headers()).isEqualTo(header("a", "1"));
        assertThat(delivery.payload().text()).isEqualTo("later");
    }
}
