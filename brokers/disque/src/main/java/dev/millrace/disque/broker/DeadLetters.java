// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.QueueScan;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/*
 * A dead letter is a copy, and has an id of its own on the server. Whoever knows only the first id of the job has to look
 * through all dead letters for it.
 */
/** Dead letters by the first id of their job. */
final class DeadLetters {
    private static final int MOST = Integer.MAX_VALUE;

    private final Site site;

    DeadLetters(Site site) {
        this.site = site;
    }

    Optional<DisqueJob> find(JobId id) {
        for (DisqueClient node : site.pool().clients()) {
            try (Stream<DisqueQueue> queues = node.scanQueues(QueueScan.all().withMinLength(1))) {
                List<DisqueQueue> dead = queues.filter(queue -> queue.text().endsWith(DeadByCopy.SUFFIX))
                        .toList();
                for (DisqueQueue queue : dead) {
                    Optional<DisqueJob> found = node.peek(queue, MOST).stream()
                            .filter(job -> Parcel.open(job.body())
                                    .firstId()
                                    .filter(id::equals)
                                    .isPresent())
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
