// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a worker stands, judged by its progress: whether jobs are received and settled, not whether threads exist. True of
 * one moment. Immutable and thread-safe.
 *
 * @param worker its name
 * @param status the worst of its queues
 * @param queues how each queue stands, in the order of the builder
 */
public record Health(String worker, Status status, List<OfQueue> queues) {
    /** Keeps the list. */
    public Health {
        queues = List.copyOf(queues);
    }

    /** How it goes, best first. */
    public enum Status {
        /** Jobs are asked for and settled; there may be none. */
        RUNNING,
        /** The broker failed and is tried again. */
        RECOVERING,
        /**
         * No progress for longer than it should take: the broker does not answer or failed for good, or handlers do not get to
         * start, for want of a processor.
         */
        STUCK,
        /** The worker receives no more and ends what it has. */
        DRAINING,
        /** The worker has ended. */
        STOPPED
    }

    /**
     * How one queue stands.
     *
     * @param queue which queue
     * @param status how it goes
     * @param running how many handlers run
     * @param waiting how many jobs were received ahead and wait for a handler
     * @param unsettled how many attempts are over that the broker has not confirmed
     * @param lastReceive when the broker last answered a request for jobs, also with none; empty if never
     * @param lastSettle when the broker last confirmed settlements; empty if never
     * @param lastError how the last failure of the broker read, also if it is over; empty if there was none
     */
    public record OfQueue(
            QueueName queue,
            Status status,
            int running,
            int waiting,
            int unsettled,
            Optional<Instant> lastReceive,
            Optional<Instant> lastSettle,
            Optional<String> lastError) {}
}
