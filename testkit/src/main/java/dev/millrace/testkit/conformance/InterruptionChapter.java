// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.job.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/*
 * An interrupt ends a wait and nothing else. Workers interrupt handlers, and handlers enqueue and settle: an interrupt
 * that a thread brings along must not break the broker for everybody. On the system's time.
 */
abstract class InterruptionChapter extends Chapter {
    InterruptionChapter(BrokerContract contract) {
        super(contract);
    }

    @Override
    Broker open() {
        return harness.openOnSystemTime();
    }

    private Receiver longLived() {
        return receiver(deadline);
    }

    private static <T> T whileInterrupted(Callable<T> work) {
        return Background.start(() -> {
                    Thread.currentThread().interrupt();
                    T result = work.call();
                    assertThat(Thread.currentThread().isInterrupted())
                            .as("the thread is still interrupted")
                            .isTrue();
                    return result;
                })
                .result();
    }

    @Test
    void interruptEndsAWaitAndTheReceiverLivesOn() {
        Receiver receiver = longLived();
        Background<List<Delivery>> waiting =
                Background.start(() -> receiver.receive(1, deadline)).settled();
        waiting.interrupt();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(waiting::result)
                .withCauseInstanceOf(InterruptedException.class);
        stored(job("next"));
        assertThat(texts(ask(receiver, 1, deadline))).containsExactly("next");
    }

    @Test
    void interruptedThreadLosesNothingByReceiving() {
        stored(jobs(20));
        Receiver receiver = longLived();
        List<Delivery> got = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            got.addAll(Background.start(() -> {
                        Thread.currentThread().interrupt();
                        try {
                            return receiver.receive(1, deadline);
                        } catch (InterruptedException e) {
                            return List.<Delivery>of();
                        }
                    })
                    .result());
        }
        while (got.size() < 20) {
            List<Delivery> more = ask(receiver, 20 - got.size(), deadline);
            assertThat(more).isNotEmpty();
            got.addAll(more);
        }
        assertThat(got).extracting(Delivery::id).doesNotHaveDuplicates();
    }

    @Test
    void interruptInTheMiddleLosesNothing() {
        Duration lease = timing.patience().isZero() ? Duration.ofMillis(500) : unit;
        List<String> done = new ArrayList<>();
        Receiver receiver = receiver(subscription(1_000, lease, Guarantee.AT_LEAST_ONCE));
        for (int i = 0; i < 30; i++) {
            Background<List<Delivery>> receiving = Background.start(() -> receiver.receive(1, deadline));
            stored(job("job " + i).withTimeLimit(lease));
            receiving.interrupt();
            try {
                List<Delivery> got = receiving.result();
                done.addAll(texts(got));
                ackAll(receiver, got);
            } catch (AssertionError e) {
                assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            }
        }
        while (done.size() < 30) {
            List<Delivery> more = ask(receiver, 10, deadline);
            assertThat(more).as("jobs that must come").isNotEmpty();
            done.addAll(texts(more));
            ackAll(receiver, more);
        }
        assertThat(done).doesNotHaveDuplicates().hasSize(30);
    }

    @Test
    void interruptedThreadSends() {
        assertThat(whileInterrupted(() -> broker.send(List.of(job("sent")))).getFirst())
                .isInstanceOf(Stored.class);
        assertThat(texts(ask(longLived(), 1, deadline))).containsExactly("sent");
    }

    @Test
    void interruptedThreadSettles() {
        stored(job("settled"));
        Receiver receiver = longLived();
        Delivery delivery = ask(receiver, 1, deadline).getFirst();
        accepted(whileInterrupted(() -> settle(receiver, new Ack(delivery))));
        assertThat(ask(receiver, 1, Duration.ZERO)).isEmpty();
    }

    @Test
    void interruptedThreadsHarmNobodyElse() {
        Receiver receiver = longLived();
        for (int i = 0; i < 20; i++) {
            String text = "from an interrupted thread " + i;
            whileInterrupted(() -> broker.send(List.of(job(text))));
            stored(job("from a quiet thread " + i));
            List<Delivery> both = new ArrayList<>();
            while (both.size() < 2) {
                both.addAll(ask(receiver, 2 - both.size(), deadline));
            }
            accepted(whileInterrupted(() -> settle(receiver, new Ack(both.get(0)))));
            ack(receiver, both.get(1));
        }
        assertThat(ask(receiver, 1, Duration.ZERO)).isEmpty();
    }

    @Test
    void interruptedThreadOpensAndClosesReceivers() {
        stored(job("kept"));
        whileInterrupted(() -> {
            broker.receiver(subscription(1, deadline, Guarantee.AT_LEAST_ONCE)).close();
            return true;
        });
        assertThat(texts(ask(longLived(), 1, deadline))).containsExactly("kept");
    }
}
