// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.Settled;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobScan;
import dev.millrace.disque.JobState;
import dev.millrace.disque.PauseState;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.Optional;
import java.util.stream.Stream;

/** What people do with queues, and with jobs by their id. Every node is asked: each has its own queues. */
final class Housework {
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
        if (site.means().isDead(found)) {
            return site.means().revive(found);
        }
        boolean queued = found.state() == JobState.QUEUED
                || site.pool().clients().stream().anyMatch(node -> node.enqueue(found.id()) == 1);
        return queued ? Settled.CONFIRMED : Settled.LOST;
    }

    /** Pauses a queue; what it was told, for callers that want a value. */
    Pause pause(QueueName queue, Pause pause) {
        PauseState state = switch (pause) {
            case NONE -> PauseState.NONE;
            case IN -> PauseState.IN;
            case OUT -> PauseState.OUT;
            case BOTH -> PauseState.ALL;
        };
        site.pool().clients().getFirst().queues().pauseEverywhere(DisqueQueue.of(queue.value()), state);
        return pause;
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
        return site.pool().clients().stream()
                .mapToLong(node -> site.means().purgeDead(node, queue))
                .sum();
    }

    long redrive(QueueName queue, int max) {
        long all = 0;
        for (DisqueClient node : site.pool().clients()) {
            all += all == max ? 0 : site.means().redrive(node, queue, (int) (max - all));
        }
        return all;
    }
}
