// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.Tag;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a delivery in a transaction holds exactly if that commits. */
abstract class SettlingInChapter<T> extends TransactionChapter<T> {
    private static final Duration SHORT = Duration.ofMillis(400);

    private record ForeignTag() implements Tag {}

    SettlingInChapter(TransactionContract<T> contract) {
        super(contract);
    }

    @Test
    void committedAcknowledgementEndsTheJobTogetherWithWhatTheUserWrote() {
        producer.enqueue(job("pay"));
        Receiver receiver = receiver(SHORT);
        Delivery delivery = take(receiver);
        committed(transaction -> {
            harness.write(transaction, "paid");
            accepted(broker.settle(transaction, List.of(new Ack(delivery))));
        });
        assertThat(harness.written()).containsExactly("paid");
        assertThat(ask(receiver, SHORT.multipliedBy(2))).isEmpty();
        assertThat(receiver.settle(List.of(new Ack(delivery)))).containsExactly(Settled.LOST);
    }

    @Test
    void rolledBackAcknowledgementEndsNothing() {
        producer.enqueue(job("pay"));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        rolledBack(transaction -> {
            harness.write(transaction, "paid");
            accepted(broker.settle(transaction, List.of(new Ack(delivery))));
        });
        assertThat(harness.written()).isEmpty();
        accepted(receiver.settle(List.of(new Release(delivery, Duration.ZERO, Cause.FAILED))));
        assertThat(take(receiver).attempt()).isEqualTo(2);
    }

    @Test
    void jobOfARolledBackAcknowledgementComesAgainWhenItsLeaseHasEnded() {
        producer.enqueue(job("pay"));
        Delivery delivery = take(receiver(SHORT));
        rolledBack(transaction -> accepted(broker.settle(transaction, List.of(new Ack(delivery)))));
        assertThat(take(receiver()).id()).isEqualTo(delivery.id());
    }

    @Test
    void acknowledgedJobIsNobodyElsesWhileTheTransactionIsOpen() {
        producer.enqueue(job("slow"));
        Delivery delivery = take(receiver(SHORT));
        T transaction = harness.begin();
        accepted(broker.settle(transaction, List.of(new Ack(delivery))));
        Receiver other = receiver();
        assertThat(ask(other, SHORT.multipliedBy(3))).isEmpty();
        harness.commit(transaction);
        nothing(other);
    }

    @Test
    void lateWordIsLostAndTheTransactionCanGoOn() {
        producer.enqueue(job("late"));
        Delivery late = take(receiver(SHORT));
        Receiver next = receiver();
        Delivery again = take(next);
        committed(transaction -> {
            assertThat(broker.settle(transaction, List.of(new Ack(late)))).containsExactly(Settled.LOST);
            harness.write(transaction, "went on");
        });
        assertThat(harness.written()).containsExactly("went on");
        accepted(next.settle(List.of(new Ack(again))));
    }

    @Test
    void everyKindOfWordMayShareATransaction() {
        producer.offer(List.of(job("done"), job("again"), job("dead")));
        Receiver receiver = receiver();
        List<Delivery> three = ask(receiver, LONG);
        assertThat(three).hasSize(3);
        List<Settlement> words = List.of(
                new Ack(withText(three, "done")),
                new Release(withText(three, "again"), Duration.ZERO, Cause.NOT_TRIED, Map.of("note", "1")),
                new DeadLetter(withText(three, "dead"), "why"));
        rolledBack(transaction -> accepted(broker.settle(transaction, words)));
        nothing(receiver);
        committed(transaction -> accepted(broker.settle(transaction, words)));
        Delivery again = take(receiver);
        assertThat(again.payload().text()).isEqualTo("again");
        assertThat(again.headers()).containsEntry("note", "1");
        broker.facet(Inspectable.class)
                .ifPresent(
                        inspectable -> assertThat(inspectable.dead(queue, 10)).hasSize(1));
    }

    private static Delivery withText(List<Delivery> deliveries, String text) {
        return deliveries.stream()
                .filter(delivery -> delivery.payload().text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void settlingMakesRoom() {
        producer.offer(List.of(job("one"), job("two")));
        Receiver receiver = broker.receiver(Subscription.to(queue.value(), 1, LONG));
        Delivery one = take(receiver);
        committed(transaction -> accepted(broker.settle(transaction, List.of(new Ack(one)))));
        take(receiver);
        receiver.close();
    }

    @Test
    void deliveryOfAnotherBrokerIsRefused() {
        Delivery foreign = Delivery.of(new JobId("foreign"), queue, Payload.empty(), new ForeignTag())
                .build();
        rolledBack(transaction -> assertThatIllegalArgumentException()
                .isThrownBy(() -> broker.settle(transaction, List.of(new Ack(foreign))))
                .withMessageContaining("foreign"));
    }

    @Test
    void brokersOwnTransactionCommitsWhatItsWorkDid() throws Exception {
        String answer = broker.inTransaction(transaction -> {
            harness.write(transaction, "in");
            producer.enqueue(transaction, job("in"));
            return "answer";
        });
        assertThat(answer).isEqualTo("answer");
        assertThat(harness.written()).containsExactly("in");
        take(receiver());
    }

    @Test
    void brokersOwnTransactionRollsBackWhenItsWorkThrows() {
        assertThatIllegalStateException()
                .isThrownBy(() -> broker.inTransaction(transaction -> {
                    harness.write(transaction, "out");
                    producer.enqueue(transaction, job("out"));
                    throw new IllegalStateException("changed my mind");
                }))
                .withMessage("changed my mind");
        assertThat(harness.written()).isEmpty();
        nothing(receiver());
    }

    @Test
    void jobsOfTheBrokersOwnTransactionWakeWhoWaits() throws Exception {
        Receiver receiver = receiver();
        Thread sender = Thread.ofPlatform().start(() -> {
            WaitFor.within(Duration.ofMillis(500), () -> false);
            try {
                broker.inTransaction(transaction -> producer.enqueue(transaction, job("woken")));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(take(receiver).payload().text()).isEqualTo("woken");
        sender.join();
    }
}
