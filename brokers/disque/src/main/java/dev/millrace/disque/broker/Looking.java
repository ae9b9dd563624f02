// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobScan;
import dev.millrace.disque.PauseState;
import dev.millrace.disque.QueueScan;
import dev.millrace.disque.QueueStat;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/*
 * Every node knows its own queues, so all are asked and their answers added. Which jobs wait and which are with workers,
 * Disque does not count: all its active jobs are gone through for that.
 */
/** What people see of the cluster. */
final class Looking {
    /** The server counts in milliseconds, and creation in its own. */
    private static final Duration NEAR = Duration.ofMillis(900);

    private final Site site;

    Looking(Site site) {
        this.site = site;
    }

    /** What was counted of one queue. */
    private static final class Count {
        private long ready;
        private long waiting;
        private long leased;
        private long dead;
        private PauseState pause = PauseState.NONE;

        private boolean isIdle() {
            return ready + waiting + leased + dead == 0 && pause == PauseState.NONE;
        }
    }

    List<QueueStatus> queues() {
        Map<String, Count> counts = new TreeMap<>();
        for (DisqueClient node : site.pool().clients()) {
            try (Stream<DisqueQueue> all = node.queues().scan(QueueScan.all())) {
                all.forEach(queue -> node.queues().stat(queue).ifPresent(stat -> count(counts, stat)));
            }
            try (Stream<JobDetails> active =
                    node.scanJobs(JobScan.all().withStates(site.means().outsideQueues()))) {
                active.forEach(job -> job.queue().ifPresent(queue -> count(counts, queue.text(), job)));
            }
        }
        List<QueueStatus> result = new ArrayList<>();
        counts.forEach((name, count) -> {
            if (!count.isIdle() && isName(name)) {
                result.add(status(name, count));
            }
        });
        return result;
    }

    private void count(Map<String, Count> counts, String queue, JobDetails job) {
        if (site.means().letters(queue).isPresent()) {
            return;
        }
        Count count = counts.computeIfAbsent(queue, name -> new Count());
        switch (state(job)) {
            case DEAD -> count.dead++;
            case WAITING -> count.waiting++;
            default -> count.leased++;
        }
    }

    private void count(Map<String, Count> counts, QueueStat stat) {
        String name = stat.queue().text();
        Optional<String> of = site.means().letters(name);
        if (of.isPresent()) {
            counts.computeIfAbsent(of.get(), key -> new Count()).dead += stat.length();
        } else {
            Count count = counts.computeIfAbsent(name, key -> new Count());
            count.ready += stat.length();
            count.pause = count.pause == PauseState.NONE ? stat.pause() : count.pause;
        }
    }

    /** Names that a queue cannot have here are other people's. */
    private static boolean isName(String name) {
        try {
            return new QueueName(name).value().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static QueueStatus status(String name, Count count) {
        return new QueueStatus(
                new QueueName(name),
                OptionalLong.of(count.ready),
                OptionalLong.of(count.waiting),
                OptionalLong.of(count.leased),
                OptionalLong.of(count.dead),
                Optional.empty(),
                pause(count.pause));
    }

    private static Pause pause(PauseState state) {
        return switch (state) {
            case NONE -> Pause.NONE;
            case IN -> Pause.IN;
            case OUT -> Pause.OUT;
            case ALL -> Pause.BOTH;
        };
    }

    /*
     * A job that waits and one that a worker has are both active. But the one that waits is queued when its delay is over,
     * the other one when its retry time is.
     */
    boolean isWaiting(JobDetails job) {
        Instant now = site.clock().instant();
        Instant due = created(job).plus(job.delay());
        return due.isAfter(now)
                && job.nextRequeue()
                        .filter(left ->
                                Duration.between(due, now.plus(left)).abs().compareTo(NEAR) < 0)
                        .isPresent();
    }

    private static Instant created(JobDetails job) {
        return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(job.createdAt()));
    }

    List<Glimpse> peek(QueueName queue, int max) {
        return peek(
                node -> node.queues().peek(queue.value(), max).stream()
                        .map(DisqueJob::id)
                        .toList(),
                queue,
                JobState.READY,
                max);
    }

    List<Glimpse> dead(QueueName queue, int max) {
        return peek(node -> site.means().dead(node, queue, max), queue, JobState.DEAD, max);
    }

    /** A node knows the order of its own; those of several are put in that of their creation. */
    private List<Glimpse> peek(
            Function<DisqueClient, List<DisqueJobId>> from, QueueName queue, JobState state, int max) {
        List<Glimpse> found = new ArrayList<>();
        List<DisqueClient> nodes = site.pool().clients();
        for (DisqueClient node : nodes) {
            List<Answered<Optional<JobDetails>>> details = from.apply(node).stream()
                    .map(id -> site.ask(node.node(), client -> client.show(id)))
                    .toList();
            for (Answered<Optional<JobDetails>> one : details) {
                one.get().map(job -> glimpse(job, queue, state)).ifPresent(found::add);
            }
        }
        if (nodes.size() == 1) {
            return found;
        }
        found.sort(Comparator.comparing(glimpse -> glimpse.enqueuedAt().orElse(Instant.EPOCH)));
        return found.size() > max ? found.subList(0, max) : found;
    }

    Optional<Glimpse> show(JobId id) {
        return new Copies(site).find(id).flatMap(job -> {
            String name = job.queue().map(DisqueQueue::text).orElse("");
            String of = site.means().letters(name).orElse(name);
            return isName(of) ? Optional.of(glimpse(job, new QueueName(of), state(job))) : Optional.empty();
        });
    }

    static Optional<DisqueJobId> parse(JobId id) {
        try {
            return Optional.of(DisqueJobId.parse(id.value()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private JobState state(JobDetails job) {
        if (site.means().isDead(job)) {
            return JobState.DEAD;
        }
        if (job.state() == dev.millrace.disque.JobState.QUEUED) {
            return JobState.READY;
        }
        return isWaiting(job) ? JobState.WAITING : JobState.LEASED;
    }

    private Glimpse glimpse(JobDetails job, QueueName queue, JobState state) {
        Parcel parcel = Parcel.open(job.body().orElse(new byte[0]));
        boolean timed = state == JobState.WAITING || state == JobState.LEASED;
        int again = job.counters().nacks() + job.counters().additionalDeliveries();
        boolean tried = state == JobState.LEASED || job.state() == dev.millrace.disque.JobState.DEAD;
        int attempts = parcel.attempts() + (state == JobState.DEAD && !tried ? 0 : again) + (tried ? 1 : 0);
        Optional<Duration> requeue = timed ? job.nextRequeue() : Optional.empty();
        return new Glimpse(
                parcel.firstId().orElseGet(() -> new JobId(job.id().toString())),
                queue,
                state,
                parcel.payload(),
                parcel.headers(),
                attempts,
                requeue.map(site.clock().instant()::plus),
                Optional.of(created(job)));
    }
}
