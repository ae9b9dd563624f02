// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
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
    private final DeadLetters dead;

    Housework(Site site) {
        this.site = site;
        this.looking = new Looking(site);
        this.dead = new DeadLetters(site);
    }

    Settled ack(JobId id) {
        return Looking.parse(id)
                .filter(known -> site.pool().show(known).isPresent())
                .map(known -> {
                    site.pool().clients().forEach(node -> node.ack(known));
                    return Settled.CONFIRMED;
                })
                .or(() -> dead.find(id).map(letter -> {
                    site.pool().ack(letter);
                    return Settled.CONFIRMED;
                }))
                .orElse(Settled.LOST);
    }

    Settled release(JobId id) {
        Optional<DisqueJobId> known = Looking.parse(id);
        if (known.isEmpty()) {
            return Settled.LOST;
        }
        for (DisqueClient node : site.pool().clients()) {
            if (node.enqueue(known.get()) == 1) {
                return Settled.CONFIRMED;
            }
        }
        Optional<DisqueJob> letter = dead.find(id);
        letter.ifPresent(job -> redrive(queueOf(job), job));
        boolean queued = letter.isPresent()
                || site.pool()
                        .show(known.get())
                        .filter(job -> job.state() == JobState.QUEUED)
                        .isPresent();
        return queued ? Settled.CONFIRMED : Settled.LOST;
    }

    private static QueueName queueOf(DisqueJob letter) {
        String name = letter.queue().text();
        return new QueueName(name.substring(0, name.length() - DeadByCopy.SUFFIX.length()));
    }

    Settled pause(QueueName queue, Pause pause) {
        PauseState state = switch (pause) {
            case NONE -> PauseState.NONE;
            case IN -> PauseState.IN;
            case OUT -> PauseState.OUT;
            case BOTH -> PauseState.ALL;
        };
        site.pool().clients().getFirst().pauseEverywhere(DisqueQueue.of(queue.value()), state);
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
                some.forEach(job -> redrive(queue, job));
                all += some.size();
            } while (!some.isEmpty());
        }
        return all;
    }

    /** A copy in its queue, its attempts counted anew, and then the acknowledgement. */
    private void redrive(QueueName queue, DisqueJob dead) {
        Parcel parcel = Parcel.open(dead.body());
        Map<String, String> headers = new HashMap<>(parcel.headers());
        headers.remove(Settlement.REASON_HEADER);
        Parcel again = new Parcel(headers, parcel.payload(), parcel.firstId(), 0);
        site.pool()
                .add(site.terms()
                        .job(
                                DisqueQueue.of(queue.value()),
                                again.seal(),
                                site.terms().retry(),
                                site.terms().life()));
        site.pool().ack(dead);
    }
}
