// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.PausedException;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * Disque has no dead letters. A job becomes a copy in a queue beside its own, with its reason, and is then acknowledged:
 * whoever dies in between leaves two, never none. So that this holds for what is done with letters too, each has a retry time;
 * a job that has none (it comes once) notes that in a header, and is such a job again when it is brought back.
 */
/** The dead letters of a queue. */
final class DeadByCopy {
    private static final int AT_ONCE = 500;
    private static final String SUFFIX = ".dead";
    private static final String ONCE_HEADER = "millrace-at-most-once";

    private final Site site;

    DeadByCopy(Site site) {
        this.site = site;
    }

    static DisqueQueue queue(QueueName of) {
        return DisqueQueue.of(of.value() + SUFFIX);
    }

    /** The queue whose dead letters lie in a queue of the server; empty if others do. */
    static Optional<String> origin(String name) {
        return name.endsWith(SUFFIX)
                ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
                : Optional.empty();
    }

    Settled put(Settlement.DeadLetter letter, DisqueTag tag) {
        DisqueJob job = tag.job();
        Optional<JobDetails> now = site.node(job).show(job.id());
        if (now.isEmpty()) {
            return Settled.LOST;
        }
        Map<String, String> headers = new HashMap<>(letter.headers());
        headers.put(Settlement.REASON_HEADER, letter.reason());
        Duration retry = now.get().retry();
        if (retry.isZero()) {
            headers.put(ONCE_HEADER, "true");
            retry = Terms.DEFAULT_RETRY;
        }
        byte[] body = tag.parcel()
                .copyOf(letter.delivery().id(), letter.delivery().attempt(), headers)
                .seal();
        site.pool().add(site.terms().job(queue(letter.delivery().queue()), body, retry, Terms.DEFAULT_LIFE));
        site.pool().ack(job);
        return Settled.CONFIRMED;
    }

    long purge(DisqueClient node, QueueName queue) {
        long all = 0;
        for (List<DisqueJob> some = take(node, queue, AT_ONCE); !some.isEmpty(); some = take(node, queue, AT_ONCE)) {
            all += node.ack(some.stream().map(DisqueJob::id).toList());
        }
        return all;
    }

    private static List<DisqueJob> take(DisqueClient node, QueueName queue, int max) {
        return node.get(GetJob.from(List.of(queue(queue))).withCount(max));
    }

    long redrive(DisqueClient node, QueueName queue, int max) {
        long all = 0;
        List<DisqueJob> some;
        do {
            int next = (int) Math.min(AT_ONCE, max - all);
            some = next == 0 ? List.of() : take(node, queue, next);
            copyBack(node, queue, some);
            all += some.size();
        } while (!some.isEmpty());
        return all;
    }

    /** A queue that takes no jobs takes no copy: then all that were taken are dead letters again at once. */
    private void copyBack(DisqueClient node, QueueName queue, List<DisqueJob> letters) {
        try {
            for (DisqueJob job : letters) {
                node.show(job.id()).ifPresent(letter -> copyBack(queue, letter));
                site.pool().ack(job);
            }
        } catch (PausedException closed) {
            site.pool().nack(letters);
            throw closed;
        }
    }

    Settled revive(JobDetails letter) {
        String name = letter.queue().map(DisqueQueue::text).orElse("");
        copyBack(new QueueName(origin(name).orElse(name)), letter);
        site.pool().clients().forEach(node -> node.ack(letter.id()));
        return Settled.CONFIRMED;
    }

    /** A copy in its queue, its attempts counted anew; the acknowledgement of the letter is the caller's. */
    private void copyBack(QueueName queue, JobDetails letter) {
        Parcel parcel = Parcel.open(letter.body().orElse(new byte[0]));
        Map<String, String> headers = new HashMap<>(parcel.headers());
        headers.remove(Settlement.REASON_HEADER);
        boolean once = headers.remove(ONCE_HEADER) != null;
        Parcel again = new Parcel(headers, parcel.payload(), parcel.firstId(), 0);
        site.pool()
                .add(site.terms()
                        .job(
                                DisqueQueue.of(queue.value()),
                                again.seal(),
                                once ? Duration.ZERO : letter.retry(),
                                site.terms().life()));
    }
}
