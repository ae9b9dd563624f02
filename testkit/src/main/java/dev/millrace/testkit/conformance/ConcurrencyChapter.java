// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads at once: every job exactly once as long as no lease ends. On the system's time, under leases that do not end. */
abstract class ConcurrencyChapter extends Chapter {
    private static final int JOBS = 2_000;
    private static final int THREADS = 4;
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
    private final Map<String, Boolean> releasedOnce = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Stopwatch stopwatch = new Stopwatch();

    ConcurrencyChapter(BrokerContract contract) {
        super(contract);
    }

    @Override
    Broker open() {
        return harness.openOnSystemTime();
    }

    private Receiver longLived(int maxInFlight) {
        return receiver(subscription(maxInFlight, deadline, Guarantee.AT_LEAST_ONCE));
    }

    private List<Background<Integer>> senders(List<QueueName> queues, int batch) {
        List<Background<Integer>> senders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            senders.add(Background.start(() -> {
                int sent = 0;
                while (sent < JOBS / THREADS) {
                    List<Job> jobs = new ArrayList<>();
                    for (int i = 0; i < batch; i++) {
                        jobs.add(Job.of(queues.get(sent % queues.size()), Payload.text(thread + "-" + sent++)));
                    }
                    assertThat(broker.send(jobs)).allMatch(Stored.class::isInstance);
                }
                return sent;
            }));
        }
        return senders;
    }

    private void handle(Delivery delivery) {
        handled.computeIfAbsent(delivery.payload().text(), text -> new AtomicInteger())
                .incrementAndGet();
    }

    private Background<Integer> worker(Receiver receiver, int batch) {
        return Background.start(() -> {
            int mine = 0;
            while (isGoing()) {
                List<Delivery> taken = receiver.receive(batch, SHORT);
                taken.forEach(this::handle);
                ackAll(receiver, taken);
                mine += taken.size();
                done.addAndGet(taken.size());
            }
            return mine;
        });
    }

    private boolean isGoing() {
        return done.get() < JOBS && stopwatch.elapsed().compareTo(deadline) < 0;
    }

    private void everyJobOnce() {
        assertThat(handled).hasSize(JOBS);
        assertThat(handled.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        nothing(receiver());
    }

    @Test
    void manySendersAndReceiversHandleEveryJobOnce() {
        List<Background<Integer>> senders = senders(List.of(queue), 5);
        List<Background<Integer>> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            workers.add(worker(longLived(50), 1 + t * 3));
        }
        senders.forEach(Background::result);
        workers.forEach(Background::result);
        everyJobOnce();
    }

    @Test
    void manyReceiversOfManyQueuesHandleEveryJobOnce() {
        List<QueueName> queues = List.of(queue, harness.freshQueue(), harness.freshQueue(), harness.freshQueue());
        List<Background<Integer>> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            List<QueueName> mine = List.of(queues.get(t), queues.get((t + 1) % THREADS));
            workers.add(worker(receiver(new Subscription(mine, 20, deadline, Guarantee.AT_LEAST_ONCE)), 4));
        }
        senders(queues, 1).forEach(Background::result);
        workers.forEach(Background::result);
        everyJobOnce();
    }

    @Test
    void threadsMaySettleWhileAnotherReceives() {
        Receiver receiver = longLived(40);
        Queue<Delivery> handed = new ConcurrentLinkedQueue<>();
        List<Background<Integer>> settlers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            settlers.add(Background.start(() -> {
                int settled = 0;
                while (isGoing()) {
                    Delivery delivery = handed.poll();
                    if (delivery == null) {
                        Thread.onSpinWait();
                        continue;
                    }
                    handle(delivery);
                    accepted(settle(receiver, new Ack(delivery)));
                    done.incrementAndGet();
                    settled++;
                }
                return settled;
            }));
        }
        Background<Integer> taker = Background.start(() -> {
            int taken = 0;
            while (taken < JOBS) {
                List<Delivery> some = receiver.receive(10, deadline);
                assertThat(some).isNotEmpty();
                handed.addAll(some);
                taken += some.size();
            }
            return taken;
        });
        senders(List.of(queue), 10).forEach(Background::result);
        taker.result();
        settlers.forEach(Background::result);
        everyJobOnce();
    }

    @Test
    void releasesAmongManyThreadsLoseAndDoubleNothing() {
        List<Background<Integer>> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Receiver receiver = longLived(30);
            workers.add(Background.start(() -> {
                int acked = 0;
                while (isGoing()) {
                    for (Delivery delivery : receiver.receive(8, SHORT)) {
                        boolean again = !delivery.payload().text().endsWith("7") && again(delivery);
                        Settlement word =
                                again ? new Release(delivery, Duration.ZERO, Cause.FAILED) : new Ack(delivery);
                        if (!again) {
                            handle(delivery);
                            done.incrementAndGet();
                            acked++;
                        }
                        accepted(settle(receiver, word));
                    }
                }
                return acked;
            }));
        }
        senders(List.of(queue), 5).forEach(Background::result);
        workers.forEach(Background::result);
        everyJobOnce();
    }

    private boolean again(Delivery delivery) {
        return releasedOnce.putIfAbsent(delivery.id().value(), true) == null;
    }

    @Test
    void oneOfManySendersOfAnIdWins() {
        if (refuses(Feature.CHOSEN_ID, job("x").withId("order-" + UUID.randomUUID()))) {
            return;
        }
        for (int round = 0; round < 20; round++) {
            String id = "order-" + UUID.randomUUID();
            List<Background<EnqueueResult>> senders = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                senders.add(Background.start(() -> send(job("same").withId(id))));
            }
            assertThat(senders.stream().map(Background::result).filter(Stored.class::isInstance))
                    .hasSize(1);
        }
        take(receiver(), 20);
        nothing(receiver());
    }

    @Test
    void oneOfManySettlementsOfADeliveryWins() {
        stored(jobs(21));
        Receiver receiver = longLived(100);
        List<Delivery> deliveries = take(receiver, 21);
        Settled usual = settle(receiver, new Ack(deliveries.getFirst()));
        for (Delivery delivery : deliveries.subList(1, 21)) {
            List<Background<Settled>> settlers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                settlers.add(Background.start(() -> settle(receiver, new Ack(delivery))));
            }
            List<Settled> answers = settlers.stream().map(Background::result).toList();
            if (broker.capabilities().settles() == SettleScope.DELIVERY) {
                assertThat(answers).filteredOn(answer -> answer != Settled.LOST).containsExactly(usual);
            }
        }
        nothing(receiver);
    }
}
