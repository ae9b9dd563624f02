// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/* What all chapters stand on: a real broker that fails on command, a queue of the test's own, and a log of all events. */
abstract class WorkerChapter {
    /** Long enough that a test which waits for it has failed. */
    static final Duration LONG = Duration.ofSeconds(30);

    /** Retries at once: what every broker can. */
    static final RetryPolicy AT_ONCE = RetryPolicy.fixed(Duration.ZERO).upTo(5);

    private final WorkerContract contract;
    private final List<Worker> workers = new ArrayList<>();

    /** Ends handlers that heed nothing else; set at the end of each test, so that none outlives a failure. */
    final AtomicBoolean stop = new AtomicBoolean();

    BrokerHarness harness;
    FaultyBroker broker;
    Producer producer;
    QueueName queue;
    String queueName;
    EventLog events;

    WorkerChapter(WorkerContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void openBroker() {
        harness = contract.harness();
        broker = new FaultyBroker(open());
        producer = Producer.to(broker);
        queue = harness.freshQueue();
        queueName = queue.value();
        events = new EventLog();
    }

    /** By the real clock, unless a chapter lets time pass. */
    Broker open() {
        return harness.openOnSystemTime();
    }

    @AfterEach
    void closeBroker() {
        stop.set(true);
        closeWorkers();
        broker.close();
        harness.close();
    }

    void closeWorkers() {
        workers.forEach(worker -> worker.drain(Duration.ZERO));
        workers.clear();
    }

    /** A worker that is watched and retries at once, five attempts in all if the broker can count and bury. */
    Worker.Builder worker() {
        return Worker.on(broker).observer(events).retry(canGiveUp() ? AT_ONCE : RetryPolicy.fixed(Duration.ZERO));
    }

    /** Whether there can be a last attempt. */
    boolean canGiveUp() {
        boolean counts = broker.capabilities().attempts() != AttemptCount.NONE || has(Feature.HEADERS);
        return counts && has(Feature.DEAD_LETTER);
    }

    boolean has(Feature feature) {
        return broker.capabilities().has(feature);
    }

    boolean cannotExtend() {
        try (Receiver receiver =
                broker.receiver(Subscription.to(harness.freshQueue().value(), 1, LONG))) {
            return !(receiver instanceof LeaseExtending);
        }
    }

    Worker start(Worker.Builder builder) {
        Worker worker = builder.start();
        workers.add(worker);
        return worker;
    }

    Job job(String text) {
        return Job.of(queue, Payload.text(text));
    }

    JobId enqueue(String text) {
        return producer.enqueue(job(text));
    }

    /** Where the job decides how long it is a worker's own, it is told so; elsewhere the worker says it. */
    JobId enqueue(String text, Duration lease) {
        boolean byJob = broker.capabilities().leases() == LeaseScope.JOB;
        return producer.enqueue(byJob ? job(text).withTimeLimit(lease) : job(text));
    }

    void enqueue(int count) {
        enqueue(0, count);
    }

    void enqueue(int first, int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            jobs.add(job("job " + i));
        }
        assertThat(producer.offer(jobs)).hasOnlyElementsOfType(EnqueueResult.Stored.class);
    }

    static boolean isLongRun() {
        return "long".equals(System.getProperty("millrace.mode"));
    }

    /** Whether this run has time for what takes long on this broker. */
    boolean hasTime() {
        return harness.bearsCrowds() || isLongRun();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("it happened in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Blocks like a handler that waits for something; heeds interrupts. */
    static void block() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    void awaitAcks(int count) {
        WaitFor.until(count + " acknowledgements", () -> acks() >= count);
    }

    int acks() {
        return broker.settlements(Settlement.Ack.class).size();
    }

    Settlement.DeadLetter awaitDead() {
        WaitFor.until("a dead letter", () -> !dead().isEmpty());
        return dead().getLast();
    }

    List<Settlement.DeadLetter> dead() {
        return broker.settlements(Settlement.DeadLetter.class);
    }

    List<Settlement.Release> releases() {
        return broker.settlements(Settlement.Release.class);
    }
}
