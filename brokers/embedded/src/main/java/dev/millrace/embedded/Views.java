// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What people see of a store. */
final class Views {
    private final Store store;
    private final JobIds ids;

    Views(Store store, JobIds ids) {
        this.store = store;
        this.ids = ids;
    }

    /* The counts of all queues are of one moment; the ages are read afterwards, without holding anybody up. */
    List<QueueStatus> queues() {
        record Counted(QueueStatus status, List<Held> first) {}
        List<Counted> counted = store.run(new Query<>(engine -> {
                    List<Counted> all = new ArrayList<>();
                    for (Queue queue : engine.queues()) {
                        if (!queue.isIdle()) {
                            all.add(new Counted(status(queue, Optional.empty()), engine.ready(queue, 1)));
                        }
                    }
                    return all;
                }))
                .answer();
        long now = store.clock().millis();
        List<QueueStatus> result = new ArrayList<>();
        for (Counted one : counted) {
            Optional<Duration> age = one.first.stream()
                    .map(store::read)
                    .flatMap(job -> job == null ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(job))
                    .map(job -> Duration.ofMillis(Math.max(0, now - job.head().enqueuedAt())))
                    .findFirst();
            QueueStatus status = one.status;
            result.add(new QueueStatus(
                    status.queue(),
                    status.ready(),
                    status.waiting(),
                    status.leased(),
                    status.dead(),
                    age,
                    status.pause()));
        }
        result.sort(Comparator.comparing(status -> status.queue().value()));
        return result;
    }

    private static QueueStatus status(Queue queue, Optional<Duration> oldest) {
        return new QueueStatus(
                queue.name(),
                OptionalLong.of(queue.ready()),
                OptionalLong.of(queue.waiting()),
                OptionalLong.of(queue.leased()),
                OptionalLong.of(queue.deadLetters()),
                oldest,
                pause(queue));
    }

    static Pause pause(Queue queue) {
        if (queue.pausedIn()) {
            return queue.pausedOut() ? Pause.BOTH : Pause.IN;
        }
        return queue.pausedOut() ? Pause.OUT : Pause.NONE;
    }

    /** Jobs that the engine finds; those that end before they are read are left out. */
    List<Glimpse> glimpses(Function<Engine, List<Held>> question) {
        List<Glimpse> result = new ArrayList<>();
        for (Held held : store.run(new Query<>(question)).answer()) {
            JobRecord job = store.read(held);
            if (job != null) {
                Instant enqueued = Instant.ofEpochMilli(job.head().enqueuedAt());
                result.add(glimpse(held, job.payload(), job.headers(), Optional.of(enqueued)));
            } else if (held.isDead()) {
                Map<String, String> headers = store.readNote(held);
                result.add(glimpse(held, Payload.empty(), headers == null ? Map.of() : headers, Optional.empty()));
            }
        }
        return result;
    }

    private Glimpse glimpse(Held held, Payload payload, Map<String, String> headers, Optional<Instant> enqueued) {
        boolean timed = held.isWaiting() || held.isLeased();
        return new Glimpse(
                ids.of(held),
                held.queue().name(),
                state(held),
                payload,
                headers,
                held.attempts(),
                timed ? Optional.of(Instant.ofEpochMilli(held.time())) : Optional.empty(),
                enqueued);
    }

    private static JobState state(Held held) {
        if (held.isDead()) {
            return JobState.DEAD;
        }
        if (held.isLeased()) {
            return JobState.LEASED;
        }
        return held.isWaiting() ? JobState.WAITING : JobState.READY;
    }
}
