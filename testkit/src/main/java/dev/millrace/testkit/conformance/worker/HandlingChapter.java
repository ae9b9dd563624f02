// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Feature;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

abstract class HandlingChapter extends WorkerChapter {
    HandlingChapter(WorkerContract contract) {
        super(contract);
    }

    @Test
    void everyJobIsHandledOnceAndAcknowledged() {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        AtomicInteger times = new AtomicInteger();
        start(worker().queue(queueName, 8).handle(queueName, (payload, job) -> {
            handled.add(payload.text());
            times.incrementAndGet();
        }));
        enqueue(1_000);
        awaitAcks(1_000);
        assertThat(handled).hasSize(1_000);
        assertThat(times).hasValue(1_000);
        assertThat(broker.settlements).hasOnlyElementsOfType(Settlement.Ack.class);
    }

    @Test
    void jobsEnqueuedBeforeTheWorkerStartedAreHandledToo() {
        enqueue(10);
        start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> {}));
        awaitAcks(10);
    }

    @Test
    void asManyHandlersRunAsThePlacesAndNeverMore() {
        int places = 5;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(places);
        start(worker().queue(queueName, places).handle(queueName, (payload, job) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            full.countDown();
            await(full);
            LockSupport.parkNanos(1_000);
            running.decrementAndGet();
        }));
        enqueue(300);
        awaitAcks(300);
        assertThat(most).hasValue(places);
    }

    @Test
    void jobsThatCannotStartStayWithTheBroker() {
        CountDownLatch held = new CountDownLatch(1);
        start(worker().readAhead(0).queue(queueName, 3).handle(queueName, (payload, job) -> await(held)));
        enqueue(20);
        events.await(3, dev.millrace.worker.Event.Started.class);
        assertThat(events.all(dev.millrace.worker.Event.Received.class)).hasSize(3);
        Subscription subscription = broker.subscriptions.element();
        assertThat(subscription.queues()).containsExactly(queue);
        assertThat(subscription.maxInFlight()).isBetween(3, 6);
        held.countDown();
        awaitAcks(20);
    }

    @Test
    void placeIsFreeBeforeTheBrokerHasTheSettlement() {
        broker.settleGate = new CountDownLatch(1);
        CountDownLatch two = new CountDownLatch(2);
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> two.countDown()));
        enqueue(2);
        await(two);
        broker.settleGate.countDown();
        awaitAcks(2);
    }

    @Test
    void settlementsThatDoNotGetThroughStopTheReceiving() {
        CountDownLatch gate = new CountDownLatch(1);
        broker.settleGate = gate;
        AtomicInteger handled = new AtomicInteger();
        start(worker().queue(queueName, 2).handle(queueName, (payload, job) -> handled.incrementAndGet()));
        enqueue(50);
        WaitFor.until("four unsettled jobs", () -> handled.get() == 4);
        assertThat(WaitFor.within(Duration.ofMillis(200), () -> handled.get() > 4))
                .isFalse();
        gate.countDown();
        awaitAcks(50);
    }

    @Test
    void queuesHaveTheirOwnPlaces() {
        QueueName other = harness.freshQueue();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(20);
        start(worker().queue(queueName, 1)
                .queue(other.value(), 4)
                .handle(queueName, (payload, job) -> await(held))
                .handle(other.value(), (payload, job) -> others.countDown()));
        enqueue(3);
        for (int i = 0; i < 20; i++) {
            producer.enqueue(Job.of(other, Payload.text("other " + i)));
        }
        await(others);
        held.countDown();
        awaitAcks(23);
    }

    @Test
    void oneWorkerTakesAThousandQueues() {
        int many = Math.min(1_000, harness.manyQueues());
        Worker.Builder builder = worker();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            QueueName one = harness.freshQueue();
            jobs.add(Job.of(one, Payload.text("x")));
            builder.queue(one.value(), 1).handle(one.value(), (payload, job) -> {});
        }
        Worker worker = start(builder);
        producer.offer(jobs);
        awaitAcks(many);
        worker.drain(LONG);
        assertThat(worker.health().queues()).hasSize(many);
        assertThat(broker.closed.get()).isEqualTo(broker.opened.get()).isGreaterThanOrEqualTo(many);
    }

    @Test
    void twoWorkersShareAQueue() {
        AtomicInteger handled = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            start(worker().name("worker-" + i)
                    .queue(queueName, 2)
                    .handle(queueName, (p, job) -> handled.incrementAndGet()));
        }
        enqueue(500);
        awaitAcks(500);
        assertThat(handled).hasValue(500);
    }

    @Test
    void handlersRunOnVirtualThreadsNamedAfterTheWorker() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(own);
        try {
            start(worker().name("mailer").queue(queueName, 1).handle(queueName, (payload, job) -> {
                thread.set(Thread.currentThread());
                loader.set(Thread.currentThread().getContextClassLoader());
            }));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        enqueue(1);
        awaitAcks(1);
        assertThat(thread.get().isVirtual()).isTrue();
        assertThat(thread.get().getName()).contains("mailer");
        assertThat(loader.get()).isSameAs(own);
    }

    @Test
    void contextSaysWhichJobThisIs() {
        AtomicReference<JobContext> context = new AtomicReference<>();
        AtomicReference<Instant> deadline = new AtomicReference<>();
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        start(worker().clock(InstantSource.fixed(now))
                .timeLimit(Duration.ofMinutes(2))
                .queue(queueName, 1)
                .handle(queueName, (payload, job) -> {
                    context.set(job);
                    deadline.set(job.deadline());
                }));
        boolean headers = has(Feature.HEADERS);
        JobId id = producer.enqueue(headers ? job("x").withHeader("a", "1") : job("x"));
        awaitAcks(1);
        assertThat(context.get().id()).isEqualTo(id);
        assertThat(context.get().queue()).isEqualTo(queue);
        assertThat(context.get().type()).isEqualTo(Optional.empty());
        assertThat(context.get().attempt()).isEqualTo(1);
        assertThat(context.get().headers()).isEqualTo(headers ? Map.of("a", "1") : Map.of());
        assertThat(context.get().cancelled()).isFalse();
        assertThat(deadline.get()).isBetween(now.plusSeconds(110), now.plusSeconds(120));
        assertThat(context.get().deadline()).isEqualTo(deadline.get());
    }

    @Test
    void jobsAreHandledWhileOthersAreEnqueuedFromHandlers() {
        start(worker().queue(queueName, 4).handle(queueName, (payload, job) -> {
            int left = Integer.parseInt(payload.text());
            if (left > 0) {
                enqueue(Integer.toString(left - 1));
            }
        }));
        enqueue("200");
        awaitAcks(201);
    }
}
