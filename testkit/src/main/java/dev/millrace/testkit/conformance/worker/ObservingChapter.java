// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/* Events and health: what dashboards, metrics and probes stand on. */
abstract class ObservingChapter extends WorkerChapter {
    ObservingChapter(WorkerContract contract) {
        super(contract);
    }

    @Test
    void lifeOfAJobIsToldInOrder() {
        AtomicBoolean failed = new AtomicBoolean();
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (failed.compareAndSet(false, true)) {
                throw new IOException("once");
            }
        }));
        enqueue("x");
        events.await(2, Event.Concluded.class);
        List<Event.Received> received = events.all(Event.Received.class);
        assertThat(events.of(received.getFirst().job()))
                .containsExactly(
                        Event.Received.class,
                        Event.Started.class,
                        Event.Failed.class,
                        Event.Finished.class,
                        Event.Concluded.class);
        assertThat(events.of(received.getLast().job()))
                .containsExactly(
                        Event.Received.class, Event.Started.class, Event.Finished.class, Event.Concluded.class);
        assertThat(events.all(Event.Finished.class))
                .extracting(Event.Finished::outcome)
                .containsExactly(Outcome.retry(Duration.ZERO, "java.io.IOException: once"), Outcome.done());
    }

    @Test
    void startAndEndOfAWorkerAreToldWithItsName() {
        start(worker().name("mailer").queue(queueName, 1).handle(queueName, (payload, job) -> {}))
                .drain(LONG);
        assertThat(events.all())
                .containsExactly(
                        new Event.WorkerStarted("mailer"),
                        new Event.WorkerDraining("mailer", LONG),
                        new Event.WorkerStopped("mailer"));
    }

    @Test
    void durationsSayHowLongAJobWaitedAndWorked() {
        CountDownLatch held = new CountDownLatch(1);
        enqueue("x");
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> await(held)));
        events.await(Event.Started.class);
        held.countDown();
        Event.Finished finished = events.await(Event.Finished.class);
        Event.Started started = events.all(Event.Started.class).getFirst();
        assertThat(finished.worked()).isBetween(Duration.ofNanos(1), LONG);
        assertThat(finished.waited()).isEqualTo(started.waited());
        assertThat(finished.waited().isPresent())
                .isEqualTo(finished.job().enqueuedAt().isPresent());
        finished.waited().ifPresent(waited -> assertThat(waited).isBetween(Duration.ZERO, LONG));
    }

    @Test
    void severalObserversAreAllTold() {
        EventLog second = new EventLog();
        EventLog third = new EventLog();
        start(worker().observer(second.and(third)).queue(queueName, 1).handle(queueName, (payload, job) -> {}));
        enqueue("x");
        third.await(Event.Concluded.class);
        assertThat(second.all()).containsAll(third.all());
        assertThat(events.all()).containsAll(second.all());
    }

    @Test
    void healthShowsProgress() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        CountDownLatch held = new CountDownLatch(1);
        Worker worker =
                start(worker().name("mailer").queue(queueName, 2).handle(queueName, (payload, job) -> await(held)));
        assertThat(worker.health().queues().getFirst().lastSettle()).isEmpty();
        enqueue(2);
        events.await(2, Event.Started.class);
        Health busy = worker.health();
        assertThat(busy.worker()).isEqualTo("mailer");
        assertThat(busy.status()).isEqualTo(Health.Status.RUNNING);
        assertThat(busy.queues()).singleElement().satisfies(lane -> {
            assertThat(lane.queue()).isEqualTo(queue);
            assertThat(lane.running()).isEqualTo(2);
            assertThat(lane.unsettled()).isZero();
            assertThat(lane.lastReceive())
                    .hasValueSatisfying(when -> assertThat(when).isAfterOrEqualTo(before));
            assertThat(lane.lastError()).isEmpty();
        });
        held.countDown();
        events.await(2, Event.Concluded.class);
        assertThat(worker.health().queues().getFirst().lastSettle())
                .hasValueSatisfying(when -> assertThat(when).isAfterOrEqualTo(before));
    }

    @Test
    void everyReceivedJobHasExactlyOneEnd() {
        Worker worker = start(worker().queue(queueName, 8).decide(queueName, (payload, job) -> switch (Math.floorMod(
                payload.text().hashCode(), 4)) {
            case 0 -> Outcome.done();
            case 1 -> Outcome.snooze(Duration.ZERO);
            case 2 -> Outcome.retry(Duration.ZERO, "again");
            default -> throw new IOException("no");
        }));
        enqueue(100);
        events.await(1_000, Event.Finished.class);
        worker.drain(Duration.ZERO);
        int ends = events.all(Event.Finished.class).size()
                + events.all(Event.HandedBack.class).size();
        assertThat(events.all(Event.Received.class)).hasSize(ends);
        assertThat(events.all(Event.Concluded.class)).hasSize(ends);
        assertThat(Stream.of(Event.LeaseLost.class, Event.Gone.class, Event.HandlerStuck.class))
                .allMatch(kind -> events.all(kind).isEmpty());
    }
}
