// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.MillraceException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.checker.Checker;
import dev.millrace.testkit.checker.JobDiary;
import dev.millrace.testkit.checker.Verdict;
import dev.millrace.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/*
 * Producers name their jobs; whatever the broker accepted must be handled, or be there at the end. A producer whose broker
 * fails goes on with the next name: whether the last one is stored nobody knows, and the checker allows both.
 */
/** Jobs that come and go while something breaks, and what became of each of them. */
final class Traffic implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final QueueName queue;
    private final RedisBroker producing;
    private final RedisBroker working;
    private final Path folder;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final List<Thread> producers = new ArrayList<>();
    private final JobDiary diary;
    private final Worker worker;
    private volatile boolean ending;

    Traffic(RedisBroker producing, RedisBroker working, Path folder) {
        this.producing = producing;
        this.working = working;
        this.folder = folder;
        this.queue = new QueueName("traffic-" + folder.getFileName());
        this.diary = new JobDiary(folder.resolve("diary"));
        this.worker = Worker.on(working)
                .queue(queue.value(), 8)
                .lease(LEASE)
                .handle(queue.value(), (payload, job) -> {
                    String name = payload.text();
                    diary.handled(List.of(name));
                    diary.settling(List.of(name));
                    handled.add(name);
                })
                .start();
        for (int i = 0; i < 2; i++) {
            producers.add(Thread.ofVirtual().start(this::produce));
        }
    }

    private void produce() {
        while (!ending) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                jobs.add(Job.of(queue, Payload.text("job-" + names.incrementAndGet())));
            }
            List<String> some = jobs.stream().map(job -> job.payload().text()).toList();
            diary.sending(some);
            try {
                assertThat(producing.send(jobs)).allMatch(answer -> answer instanceof EnqueueResult.Stored);
                diary.accepted(some);
                accepted.addAndGet(some.size());
            } catch (MillraceException unknownFate) {
                failures.incrementAndGet();
            }
        }
    }

    /** Waits until jobs were accepted and handled that were not before. */
    void awaitMore(int count) {
        long before = accepted.get();
        int done = handled.size();
        WaitFor.until("jobs flow", () -> accepted.get() >= before + count && handled.size() >= done + count);
    }

    /** Waits until both producers were told that something failed. */
    void awaitFailures() {
        long before = failures.get();
        WaitFor.until("producers are told", () -> failures.get() >= before + 2);
    }

    /** Waits until jobs are handled that were not before. */
    void awaitHandled() {
        int done = handled.size();
        WaitFor.until("jobs are handled again", () -> handled.size() > done);
    }

    /** Ends the traffic when all jobs are worked off, and judges. */
    Verdict verdict() throws InterruptedException {
        ending = true;
        for (Thread producer : producers) {
            producer.join();
        }
        WaitFor.until("all jobs are done", this::isEmpty);
        worker.close();
        Checker checker = new Checker();
        diary.close();
        checker.read(folder.resolve("diary"));
        return checker.verdict(left());
    }

    private boolean isEmpty() {
        try {
            return working.facet(Inspectable.class).orElseThrow().queues().stream()
                    .map(QueueStatus::queue)
                    .noneMatch(queue::equals);
        } catch (MillraceException away) {
            return false;
        }
    }

    private List<String> left() throws InterruptedException {
        List<String> there = new ArrayList<>();
        try (Receiver receiver = working.receiver(Subscription.to(queue.value(), 1_000, LEASE))) {
            for (List<Delivery> some = receiver.receive(1_000, Duration.ZERO);
                    !some.isEmpty();
                    some = receiver.receive(1_000, Duration.ZERO)) {
                some.forEach(delivery -> there.add(delivery.payload().text()));
                receiver.settle(
                        some.stream().<Settlement>map(Settlement.Ack::new).toList());
            }
        }
        return there;
    }

    @Override
    public void close() {
        ending = true;
        worker.drain(Duration.ZERO);
    }
}
