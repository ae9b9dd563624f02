// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.terms;
import static dev.millrace.embedded.Caller.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of the same process and those who come through a host share queues and jobs. */
@Timeout(60)
class HostBesideReceiversTest {
    private static final int JOBS = 20_000;
    private static final Duration LONG = Duration.ofSeconds(50);

    private final EmbeddedBroker broker = EmbeddedBroker.builder().open();
    private final Caller host = Caller.of(broker);

    @AfterEach
    void close() {
        broker.close();
    }

    private Receiver receiver() {
        return broker.receiver(Subscription.to("q", 100, Duration.ofSeconds(30)));
    }

    private static List<Delivery> receive(Receiver receiver, Duration patience) {
        try {
            return receiver.receive(1, patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverCameFirstIsServedFirst() throws Exception {
        Receiver receiver = receiver();
        CompletableFuture<List<Delivery>> received = CompletableFuture.supplyAsync(() -> receive(receiver, LONG));
        WaitFor.until(
                "the receiver waits",
                () -> host.look("q").isPresent() && host.queue("q").takers() == 1);
        Kept<List<HostedJob>> second = host.await(1, "q");
        broker.send(List.of(Job.of("q", Payload.text("a")), Job.of("q", Payload.text("b"))));
        assertThat(received.get(50, TimeUnit.SECONDS).getFirst().payload().text())
                .isEqualTo("a");
        assertThat(texts(second.get())).containsExactly("b");
    }

    @Test
    void jobDeliveredAtMostOnceComesAgainOnlyIfNobodyTriedIt() {
        Receiver receiver = receiver();
        long number = host.add(job("q", "a"), terms(0));
        Delivery first = receive(receiver, Duration.ZERO).getFirst();
        assertThat(receiver.settle(List.of(new Settlement.Release(first, Duration.ZERO, Cause.NOT_TRIED, Map.of()))))
                .containsExactly(Settled.CONFIRMED);
        Delivery second = receive(receiver, Duration.ZERO).getFirst();
        assertThat(receiver.settle(List.of(new Settlement.Release(second, Duration.ZERO, Cause.FAILED, Map.of()))))
                .containsExactly(Settled.LOST);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        assertThat(broker.release(second.id())).isEqualTo(Settled.LOST);
        assertThat(receiver.settle(List.of(new Settlement.Ack(second)))).containsExactly(Settled.CONFIRMED);
    }

    @Test
    void hostedJobHandedBackByReceiverKeepsItsPlaceAndCounts() {
        Receiver receiver = receiver();
        host.addAll("q", 3, TERMS);
        Delivery delivery = receive(receiver, Duration.ZERO).getFirst();
        receiver.settle(List.of(new Settlement.Release(delivery, Duration.ZERO, Cause.FAILED, Map.of("error", "no"))));
        HostedJob job = host.take(1, "q").getFirst();
        assertThat(job.payload().text()).isEqualTo("0");
        assertThat(job.headers()).containsEntry("error", "no");
        assertThat(job.nacks()).isEqualTo(1);
    }

    @Test
    void jobOfAnotherProducerIsTakenForFiveMinutes() {
        broker.send(List.of(Job.of("q", Payload.text("a"))));
        HostedJob job = host.take(1, "q").getFirst();
        assertThat(job.once()).isFalse();
        assertThat(host.shown(job.number()).requeueMillis().orElseThrow()).isBetween(200_000L, 300_000L);
        assertThat(host.nack(job.number())).isEqualTo(1);
        assertThat(host.dequeue(job.number())).isEqualTo(1);
        assertThat(host.enqueue(job.number())).isEqualTo(1);
        assertThat(host.take(1, "q").getFirst().nacks()).isEqualTo(1);
        assertThat(host.ack(job.number())).isEqualTo(1);
    }

    @Test
    void everyJobGoesToExactlyOneOfThem() throws Exception {
        Set<String> done = ConcurrentHashMap.newKeySet();
        List<String> twice = new CopyOnWriteArrayList<>();
        List<Runnable> tasks = List.of(
                () -> send("a"),
                () -> send("b"),
                () -> receiveAll(done, twice),
                () -> receiveAll(done, twice),
                () -> addAll(),
                () -> takeAll(done, twice));
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            threads.add(CompletableFuture.runAsync(task, Thread.ofPlatform()::start));
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get(50, TimeUnit.SECONDS);
        }
        assertThat(twice).isEmpty();
        assertThat(done).hasSize(JOBS);
        assertThat(host.host().usage().jobs()).isZero();
    }

    private void send(String prefix) {
        for (int n = 0; n < JOBS / 4; n++) {
            broker.send(List.of(Job.of("q", Payload.text(prefix + n))));
        }
    }

    private void receiveAll(Set<String> done, List<String> twice) {
        try (Receiver receiver = receiver()) {
            while (done.size() < JOBS) {
                for (Delivery delivery : receive(receiver, Duration.ofMillis(20))) {
                    receiver.settle(List.of(new Settlement.Ack(delivery)));
                    note(delivery.payload().text(), done, twice);
                }
            }
        }
    }

    private void addAll() {
        for (int n = 0; n < JOBS / 2; n += 50) {
            host.addAll("q", n, 50);
        }
    }

    private void takeAll(Set<String> done, List<String> twice) {
        while (done.size() < JOBS) {
            List<Kept<List<HostedJob>>> kept = new ArrayList<>();
            List<Call> turn = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                kept.add(new Kept<>());
                turn.add(Caller.patient(kept.getLast(), 2, "q"));
            }
            host.host().run(turn);
            turn.forEach(host.host()::withdraw);
            kept.stream()
                    .filter(Kept::isThere)
                    .flatMap(one -> one.get().stream())
                    .forEach(job -> {
                        assertThat(host.change(new Verb.End(Ending.ACKED), job.number()))
                                .isEqualTo(1);
                        note(job.payload().text(), done, twice);
                    });
        }
    }

    private static void note(String name, Set<String> done, List<String> twice) {
        if (!done.add(name)) {
            twice.add(name);
        }
    }
}
