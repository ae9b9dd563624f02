// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.producer.EnqueueObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A job exists exactly if the transaction that made it commits. */
abstract class EnqueueingChapter<T> extends TransactionChapter<T> {
    EnqueueingChapter(TransactionContract<T> contract) {
        super(contract);
    }

    @Test
    void committedJobIsThereAsItWasSent() {
        List<JobId> ids = new ArrayList<>();
        committed(
                transaction -> ids.add(producer.enqueue(transaction, job("soup").withHeader("colour", "red"))));
        Delivery delivery = take(receiver());
        assertThat(delivery.id()).isEqualTo(ids.getFirst());
        assertThat(delivery.payload().text()).isEqualTo("soup");
        assertThat(delivery.headers()).containsEntry("colour", "red");
    }

    @Test
    void rolledBackJobIsNeverSeen() {
        rolledBack(transaction -> producer.enqueue(transaction, job("never")));
        producer.enqueue(job("other"));
        Receiver receiver = receiver();
        assertThat(take(receiver).payload().text()).isEqualTo("other");
        nothing(receiver);
        broker.facet(Inspectable.class)
                .ifPresent(
                        inspectable -> assertThat(inspectable.peek(queue, 10)).isEmpty());
    }

    @Test
    void nobodySeesAJobBeforeItsTransactionCommits() {
        Receiver receiver = receiver();
        T transaction = harness.begin();
        producer.enqueue(transaction, job("later"));
        nothing(receiver);
        assertThat(ask(receiver, Duration.ofMillis(300))).isEmpty();
        harness.commit(transaction);
        assertThat(take(receiver).payload().text()).isEqualTo("later");
    }

    @Test
    void openTransactionHoldsUpNobodyElse() {
        T transaction = harness.begin();
        producer.enqueue(transaction, job("held"));
        for (int i = 0; i < 20; i++) {
            producer.enqueue(job("free " + i));
        }
        Receiver receiver = receiver();
        List<Delivery> free = ask(receiver, LONG);
        assertThat(free).hasSize(20);
        receiver.settle(free.stream().<Settlement>map(Settlement.Ack::new).toList());
        harness.commit(transaction);
        assertThat(take(receiver).payload().text()).isEqualTo("held");
    }

    @Test
    void whatTheUserWroteAndTheJobAreThereTogether() {
        committed(transaction -> {
            harness.write(transaction, "order 7");
            producer.enqueue(transaction, job("ship order 7"));
        });
        rolledBack(transaction -> {
            harness.write(transaction, "order 8");
            producer.enqueue(transaction, job("ship order 8"));
        });
        assertThat(harness.written()).containsExactly("order 7");
        Receiver receiver = receiver();
        assertThat(take(receiver).payload().text()).isEqualTo("ship order 7");
        nothing(receiver);
    }

    @Test
    void manyJobsOfOneTransactionComeTogether() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            jobs.add(job("job " + i));
        }
        T transaction = harness.begin();
        assertThat(producer.offer(transaction, jobs)).hasOnlyElementsOfType(EnqueueResult.Stored.class);
        assertThat(producer.offer(transaction, List.of())).isEmpty();
        nothing(receiver());
        harness.commit(transaction);
        assertThat(ask(receiver(), LONG)).hasSize(300);
    }

    @Test
    void duplicateLeavesTheTransactionAsItWas() {
        String id = "order-" + UUID.randomUUID();
        producer.enqueue(job("first").withId(id));
        committed(transaction -> {
            harness.write(transaction, "before");
            assertThat(broker.send(transaction, List.of(job("again").withId(id), job("other"))))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo(new EnqueueResult.Duplicate(new JobId(id))),
                            second -> assertThat(second).isInstanceOf(EnqueueResult.Stored.class));
            harness.write(transaction, "after");
        });
        assertThat(harness.written()).containsExactlyInAnyOrder("before", "after");
        assertThat(ask(receiver(), LONG))
                .extracting(delivery -> delivery.payload().text())
                .containsExactlyInAnyOrder("first", "other");
    }

    @Test
    void idOfARolledBackJobIsFree() {
        String id = "order-" + UUID.randomUUID();
        rolledBack(transaction -> producer.enqueue(transaction, job("never").withId(id)));
        assertThat(broker.send(List.of(job("now").withId(id))))
                .containsExactly(new EnqueueResult.Stored(new JobId(id)));
    }

    @Test
    void refusedJobLeavesTheTransactionAsItWas() {
        broker.facet(Administrable.class).orElseThrow().pause(queue, Pause.IN);
        committed(transaction -> {
            harness.write(transaction, "before");
            assertThatExceptionOfType(EnqueueRefusedException.class)
                    .isThrownBy(() -> producer.enqueue(transaction, job("refused")));
            harness.write(transaction, "after");
        });
        assertThat(harness.written()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void observersAreToldOfTransactionsToo() {
        List<String> told = new ArrayList<>();
        EnqueueObserver observer = new EnqueueObserver() {
            @Override
            public void sent(List<Job> jobs, List<EnqueueResult> answers) {
                jobs.forEach(job -> told.add(job.payload().text()));
            }
        };
        committed(transaction -> producer.observedBy(observer).enqueue(transaction, job("seen")));
        producer.observedBy(observer).enqueue(job("seen alone"));
        assertThat(told).containsExactly("seen", "seen alone");
    }

    @Test
    void ofManyTransactionsExactlyTheCommittedOnesAreDelivered() throws InterruptedException {
        int threads = 4;
        int each = 50;
        Set<String> expected = new TreeSet<>();
        ExecutorService users = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            for (int i = 0; i < each; i++) {
                String text = thread + "-" + i;
                boolean commits = i % 3 != 0;
                if (commits) {
                    expected.add(text);
                }
                users.execute(() -> {
                    T transaction = harness.begin();
                    harness.write(transaction, text);
                    producer.enqueue(transaction, job(text));
                    if (commits) {
                        harness.commit(transaction);
                    } else {
                        harness.rollBack(transaction);
                    }
                });
            }
        }
        Set<String> delivered = new TreeSet<>();
        Receiver receiver = receiver();
        while (delivered.size() < expected.size()) {
            List<Delivery> some = ask(receiver, LONG);
            assertThat(some).as("jobs that must come").isNotEmpty();
            some.forEach(delivery ->
                    assertThat(delivered.add(delivery.payload().text())).isTrue());
            accepted(receiver.settle(
                    some.stream().<Settlement>map(Settlement.Ack::new).toList()));
        }
        users.shutdown();
        assertThat(users.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        nothing(receiver);
        assertThat(delivered).isEqualTo(expected);
        assertThat(new TreeSet<>(harness.written())).isEqualTo(expected);
    }
}
