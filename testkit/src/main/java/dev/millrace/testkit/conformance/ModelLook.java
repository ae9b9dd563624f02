// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Settlement;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares what a broker shows of itself with the model. */
final class ModelLook {
    private final Model model;
    private final Broker broker;

    ModelLook(Model model, Broker broker) {
        this.model = model;
        this.broker = broker;
    }

    static Map<String, String> withoutReason(Map<String, String> headers) {
        Map<String, String> rest = new HashMap<>(headers);
        rest.remove(Settlement.REASON_HEADER);
        return rest;
    }

    void at(QueueName name, int max) {
        Duration now = model.now();
        broker.facet(Inspectable.class).ifPresent(inspectable -> {
            ReferenceQueue queue = model.queue(name);
            int most = most(max);
            if (most > 0) {
                peek(inspectable.peek(name, max), queue, most);
                dead(
                        inspectable.dead(name, max),
                        queue,
                        most,
                        broker.capabilities().has(Feature.HEADERS));
            }
            inspectable.queues().stream()
                    .filter(status -> status.queue().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            status -> counts(status, queue, now),
                            () -> assertThat(certain(listed(queue), now) + queue.dead.size())
                                    .as("jobs of a queue that is not listed")
                                    .isZero());
        });
    }

    /** The jobs that make a queue be listed: one that shows only counts may know of nothing but the ready ones. */
    private Stream<ReferenceJob> listed(ReferenceQueue queue) {
        boolean counts = broker.capabilities().peek() == Peek.COUNTS;
        return queue.jobs.stream().filter(job -> !counts || job.state == JobState.READY);
    }

    /** How many jobs the broker shows if so many are asked for. */
    private int most(int asked) {
        return switch (broker.capabilities().peek()) {
            case ALL -> asked;
            case NEXT -> 1;
            case COUNTS -> 0;
        };
    }

    private static long certain(Stream<ReferenceJob> jobs, Duration now) {
        return jobs.filter(job -> job.isCertain(now)).count();
    }

    private void peek(List<Glimpse> seen, ReferenceQueue queue, int max) {
        Duration now = model.now();
        List<ReferenceJob> ready = queue.in(JobState.READY);
        for (Glimpse glimpse : seen) {
            ReferenceJob job = ready.stream()
                    .filter(one -> one.id.equals(glimpse.id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not ready, but seen: " + glimpse.id()));
            assertThat(ReferenceQueue.mayBeNext(
                            job, ready, now, broker.capabilities().ordering()))
                    .as("%s is next", glimpse.id())
                    .isTrue();
            assertThat(glimpse.payload().text()).isEqualTo(job.text);
            assertThat(withoutReason(glimpse.headers())).isEqualTo(job.headers);
            ready.remove(job);
        }
        if (seen.size() < max && !queue.isPausedOut()) {
            assertThat(certain(ready.stream(), now)).as("ready, but not seen").isZero();
        }
    }

    private static void dead(List<Glimpse> seen, ReferenceQueue queue, int max, boolean headers) {
        List<ReferenceJob> expected = queue.dead.subList(0, Math.min(max, queue.dead.size()));
        assertThat(seen)
                .extracting(Glimpse::id)
                .isEqualTo(expected.stream().map(job -> job.id).toList());
        if (headers) {
            assertThat(seen)
                    .allSatisfy(glimpse -> assertThat(glimpse.headers())
                            .containsEntry(Settlement.REASON_HEADER, "reason of " + glimpse.id()));
        }
    }

    private static void counts(QueueStatus status, ReferenceQueue queue, Duration now) {
        assertThat(status.pause()).isEqualTo(queue.pause);
        status.dead().ifPresent(dead -> assertThat(dead).isEqualTo(queue.dead.size()));
        List<ReferenceJob> waiting = queue.in(JobState.WAITING);
        long perhaps =
                queue.jobs.stream().filter(job -> job.mayLookWaiting(now)).count();
        status.waiting()
                .ifPresent(
                        count -> assertThat(count).isBetween(certain(waiting.stream(), now), waiting.size() + perhaps));
        if (status.ready().isPresent() && status.leased().isPresent()) {
            long busy = status.ready().getAsLong() + status.leased().getAsLong();
            long certainly = certain(
                    queue.jobs.stream().filter(job -> job.state != JobState.WAITING && !job.mayLookWaiting(now)), now);
            assertThat(busy).isBetween(certainly, (long) queue.jobs.size());
            assertThat(status.ready().getAsLong()).isBetween(certain(queue.in(JobState.READY).stream(), now), (long)
                    queue.in(JobState.READY).size());
        }
    }
}
