// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.JobDetails;
import dev.millrace.job.QueueName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/*
 * Disque has no dead letters. A job becomes a copy in a queue beside its own, with its reason, and is then acknowledged:
 * whoever dies in between leaves two, never none.
 */
/** The dead letters of a queue. */
final class DeadByCopy {
    private static final String SUFFIX = ".dead";

    private final Site site;

    DeadByCopy(Site site) {
        this.site = site;
    }

    static DisqueQueue queue(QueueName of) {
        return DisqueQueue.of(of.value() + SUFFIX);
    }

    /** Whether a queue on the server is one of dead letters. */
    static boolean isDead(String name) {
        return name.endsWith(SUFFIX);
    }

    /** The queue whose dead letters these are; a queue of others is its own. */
    static String origin(String name) {
        return isDead(name) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    Settled put(Settlement.DeadLetter letter, DisqueTag tag) {
        DisqueJob job = tag.job();
        Optional<JobDetails> now = site.node(job).show(job.id());
        if (now.isEmpty()) {
            return Settled.LOST;
        }
        Map<String, String> headers = new HashMap<>(letter.headers());
        headers.put(Settlement.REASON_HEADER, letter.reason());
        byte[] body = tag.parcel()
                .copyOf(letter.delivery().id(), letter.delivery().attempt(), headers)
                .seal();
        site.pool()
                .add(site.terms()
                        .job(queue(letter.delivery().queue()), body, now.get().retry(), Terms.DEFAULT_LIFE));
        site.pool().ack(job);
        return Settled.CONFIRMED;
    }
}
