// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import dev.millrace.producer.TransactionalProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/* What the chapters stand on: a broker, a user with transactions, and a queue of the test's own. */
abstract class TransactionChapter<T> {
    /** Long enough that a test which waits for it has failed; also a lease that does not end during a test. */
    static final Duration LONG = Duration.ofSeconds(30);

    private final TransactionContract<T> contract;
    private final List<Receiver> receivers = new ArrayList<>();
    TransactionHarness<T> harness;
    TransactionalBroker<T> broker;
    TransactionalProducer<T> producer;
    QueueName queue;

    TransactionChapter(TransactionContract<T> contract) {
        this.contract = contract;
    }

    @BeforeEach
    void openBroker() {
        harness = contract.harness();
        broker = harness.open();
        producer = Producer.to(broker);
        queue = harness.freshQueue();
    }

    @AfterEach
    void closeBroker() {
        receivers.forEach(Receiver::close);
        broker.close();
        harness.close();
    }

    Job job(String text) {
        return Job.of(queue, Payload.text(text));
    }

    Receiver receiver(Duration lease) {
        Receiver receiver = broker.receiver(Subscription.to(queue.value(), 1_000, lease));
        receivers.add(receiver);
        return receiver;
    }

    Receiver receiver() {
        return receiver(LONG);
    }

    static List<Delivery> ask(Receiver receiver, Duration patience) {
        try {
            return receiver.receive(1_000, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static Delivery take(Receiver receiver) {
        List<Delivery> taken = ask(receiver, LONG);
        assertThat(taken).as("deliveries that should be there").hasSize(1);
        return taken.getFirst();
    }

    static void nothing(Receiver receiver) {
        assertThat(ask(receiver, Duration.ZERO))
                .as("deliveries that should not be there")
                .isEmpty();
    }

    /** Does something in a transaction of the user's, and commits it. */
    void committed(Consumer<T> work) {
        T transaction = harness.begin();
        work.accept(transaction);
        harness.commit(transaction);
    }

    /** Does something in a transaction of the user's, and rolls it back. */
    void rolledBack(Consumer<T> work) {
        T transaction = harness.begin();
        work.accept(transaction);
        harness.rollBack(transaction);
    }

    static void accepted(List<Settled> answers) {
        assertThat(answers).isNotEmpty().containsOnly(Settled.CONFIRMED);
    }
}
