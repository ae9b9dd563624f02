// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/* What holds for one job holds for many at once: draining, giving up on some, and whole crowds in flight. */
abstract class LoadChapter extends WorkerChapter {
    private static final Duration CROWD = Duration.ofMinutes(5);

    /** How often each job was handled, by what it holds. */
    private final Map<String, Integer> times = new ConcurrentHashMap<>();

    LoadChapter(WorkerContract contract) {
        super(contract);
    }

    private void note(String text) {
        times.merge(text, 1, Integer::sum);
    }

    private Worker startUnhurried() {
        CountDownLatch never = new CountDownLatch(1);
        return start(worker().queue(queueName, 20).handle(queueName, (payload, job) -> {
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
            if (broker.capabilities().attempts() == AttemptCount.EXACT) {
                assertThat(job.attempt()).isEqualTo(1);
            }
            note(payload.text());
        }));
    }

    @Test
    void drainUnderLoadEndsWhatRunsAndHandsBackTheRest() {
        int jobs = 600;
        enqueue(jobs);
        for (int drains = 1; drains <= 3; drains++) {
            Worker worker = startUnhurried();
            int enough = drains * 50;
            WaitFor.until("jobs flow", LONG, () -> times.size() >= enough);
            worker.drain(LONG);
            assertThat(events.all(Event.Finished.class)).hasSameSizeAs(events.all(Event.Started.class));
        }
        startUnhurried();
        WaitFor.until("all jobs are done", LONG, () -> acks() >= jobs);
        assertThat(times)
                .hasSize(jobs)
                .allSatisfy((job, often) -> assertThat(often).isEqualTo(1));
        assertThat(events.all(Event.Failed.class)).isEmpty();
        assertThat(events.all(Event.Concluded.class)).noneMatch(concluded -> concluded.answer() == Settled.LOST);
    }

    @Test
    void poisonJobsBecomeDeadLettersAndHoldNobodyUp() {
        if (!canGiveUp()) {
            return;
        }
        Worker worker = start(worker().queue(queueName, 4).handle(queueName, (payload, job) -> {
            note(payload.text());
            if (payload.text().endsWith("0")) {
                throw new IOException("poison");
            }
        }));
        enqueue(200);
        awaitAcks(180);
        WaitFor.until("all poison is given up", LONG, () -> dead().size() == 20);
        assertThat(times)
                .hasSize(200)
                .allSatisfy((job, often) -> assertThat(often).isEqualTo(job.endsWith("0") ? 5 : 1));
        enqueue("next");
        awaitAcks(181);
        assertThat(worker.health().status()).isEqualTo(Health.Status.RUNNING);
        assertThat(broker.settlements(Settlement.DeadLetter.class))
                .allSatisfy(dead -> assertThat(dead.reason()).contains("poison"));
    }

    /** A hundred thousand jobs, ten thousand at once, where the run has time for that. */
    @Test
    void crowdOfJobsIsHandledByACrowdOfHandlers() {
        int jobs = hasTime() ? 100_000 : 2_000;
        int places = hasTime() ? 10_000 : 500;
        for (int i = 0; i < jobs; i += 1_000) {
            enqueue(i, 1_000);
        }
        CountDownLatch crowd = new CountDownLatch(places);
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger unwell = new AtomicInteger();
        AtomicInteger renewed = new AtomicInteger();
        Worker worker = start(Worker.on(broker)
                .retry(RetryPolicy.fixed(Duration.ZERO))
                .lease(harness.bearsCrowds() ? Duration.ofSeconds(5) : LONG)
                .observer(event -> unwell.addAndGet(isTrouble(event) ? 1 : 0))
                .observer(event -> renewed.addAndGet(event instanceof Event.LeaseRenewed ? 1 : 0))
                .queue(queueName, places)
                .handle(queueName, (payload, job) -> {
                    crowd.countDown();
                    held.await();
                    twice.addAndGet(times.merge(payload.text(), 1, Integer::sum) > 1 ? 1 : 0);
                }));
        WaitFor.until("all places are taken", CROWD, () -> crowd.getCount() == 0);
        assertThat(worker.health().queues().getFirst().running()).isEqualTo(places);
        if (hasTime() && !cannotExtend()) {
            WaitFor.until("all leases are renewed", CROWD, () -> renewed.get() >= places);
        }
        held.countDown();
        WaitFor.until("all jobs are done", CROWD, () -> times.size() == jobs);
        worker.drain(LONG);
        assertThat(twice).hasValue(0);
        assertThat(unwell).hasValue(0);
    }

    private static boolean isTrouble(Event event) {
        return event instanceof Event.Failed
                || event instanceof Event.LeaseLost
                || event instanceof Event.SettleFailed
                || event instanceof Event.BrokerFailed
                || (event instanceof Event.Concluded concluded && concluded.answer() == Settled.LOST);
    }
}
