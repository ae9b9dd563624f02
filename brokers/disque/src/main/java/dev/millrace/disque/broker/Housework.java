// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobScan;
import dev.millrace.disque.JobState;
import dev.millrace.disque.PauseState;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people do with queues, and with jobs by their id. Every node is asked: each has its own queues. */
final class Housework {
    private static final int AT_ONCE = 500;

    private final Site site;
    private final Looking looking;
    private final Copies copies;

    Housework(Site site) {
        this.site = site;
        this.looking = new Looking(site);
        this.copies = new Copies(site);
    }

    Settled ack(JobId id) {
        Optional<JobDetails> job = copies.find(id);
        job.ifPresent(found -> site.pool().clients().forEach(node -> node.ack(found.id())));
        return job.isPresent() ? Settled.CONFIRMED : Settled.LOST;
    }

    Settled release(JobId id) {
        Optional<JobDetails> job = copies.find(id);
        if (job.isEmpty()) {
            return Settled.LOST;
        }
        JobDetails found = job.get();
        if (Copies.isDead(found)) {
            redrive(queueOf(found), found);
            site.pool().clients().forEach(node -> node.ack(found.id()));
            return Settled.CONFIRMED;
        }
        boolean queued = found.state() == JobState.QUEUED
                || site.pool().clients().stream().anyMatch(node -> node.enqueue(found.id()) == 1);
        return queued ? Settled.CONFIRMED : Settled.LOST;
    }

    private static QueueName queueOf(JobDetails letter) {
        String name = letter.queue().map(DisqueQueue::text).orElse("");
        return new QueueName(DeadByCopy.origin(name));
    }

    Settled pause(QueueName queue, Pause pause) {
        PauseState state = switch (pause) {
            case NONE -> PauseState.NONE;
            case IN -> PauseState.IN;
            case OUT -> PauseState.OUT;
            case BOTH -> PauseState.ALL;
        };
        site.pool().clients().getFirst().queues().pauseEverywhere(DisqueQueue.of(queue.value()), state);
        return Settled.CONFIRMED;
    }

    long purge(QueueName queue) {
        long all = 0;
        for (DisqueClient node : site.pool().clients()) {
            try (Stream<JobDetails> jobs = node.scanJobs(
                    JobScan.all().withQueue(queue.value()).withStates(JobState.QUEUED, JobState.ACTIVE))) {
                all += jobs.filter(job -> job.state() == JobState.QUEUED || looking.isWaiting(job))
                        .mapToLong(job -> node.delete(job.id()))
                        .sum();
            }
        }
        return all;
    }

    long purgeDead(QueueName queue) {
        long all = 0;
        for (DisqueClient node : site.pool().clients()) {
            List<DisqueJob> some = take(node, DeadByCopy.queue(queue), AT_ONCE);
            while (!some.isEmpty()) {
                all += node.ack(some.stream().map(DisqueJob::id).toList());
                some = take(node, DeadByCopy.queue(queue), AT_ONCE);
            }
        }
        return all;
    }

    private static List<DisqueJob> take(DisqueClient node, DisqueQueue queue, int max) {
        return node.get(GetJob.from(List.of(queue)).withCount(max));
    }

    long redrive(QueueName queue, int max) {
        long all = 0;
        for (DisqueClient node : site.pool().clients()) {
            List<DisqueJob> some;
            do {
                int next = (int) Math.min(AT_ONCE, max - all);
                some = next == 0 ? List.of() : take(node, DeadByCopy.queue(queue), next);
                for (DisqueJob job : some) {
                    node.show(job.id()).ifPresent(letter -> redrive(queue, letter));
                    site.pool().ack(job);
                }
                all += some.size();
            } while (!some.isEmpty());
        }
        return all;
    }

    /** A copy in its queue, its attempts counted anew; the acknowledgement of the letter is the caller's. */
    private void redrive(QueueName queue, JobDetails letter) {
        Parcel parcel = Parcel.open(letter.body().orElse(new byte[0]));
        Map<String, String> headers = new HashMap<>(parcel.headers());
        headers.remove(Settlement.REASON_HEADER);
        Parcel again = new Parcel(headers, parcel.payload(), parcel.firstId(), 0);
        site.pool()
                .add(site.terms()
                        .job(
                                DisqueQueue.of(queue.value()),
                                again.seal(),
                                letter.retry(),
                                site.terms().life()));
    }
}
