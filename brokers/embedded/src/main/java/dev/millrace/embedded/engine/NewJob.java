// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import org.jspecify.annotations.Nullable;

/**
 * A job as it comes to the engine.
 *
 * @param sequence its number, never used before; above 0
 * @param chosenId the id the producer chose, or null
 * @param queue where it goes
 * @param priority 0 to 15, higher goes first
 * @param front whether it goes before those that are ready
 * @param due when it becomes ready; a moment that has passed is at once
 * @param terms what only some jobs ask for
 */
public record NewJob(
        long sequence, @Nullable String chosenId, Queue queue, int priority, boolean front, long due, Terms terms) {
    /**
     * What only some jobs ask for.
     *
     * @param expiresAt when it is forgotten; 0 is never
     * @param lease its own lease in milliseconds; 0 lets the receiver decide, and delivers a hosted job at most once
     * @param fromQueueing whether that lease counts from when the job became ready, and not from its delivery
     * @param queueLimit the queue must hold fewer unfinished jobs than this; of a hosted job, fewer ready ones
     * @param hosted what only jobs that come through a host have, or null
     */
    public record Terms(
            long expiresAt,
            long lease,
            boolean fromQueueing,
            long queueLimit,
            @Nullable Hosted hosted) {
        /** Those of a job that does not come through a host. */
        public Terms(long expiresAt, long lease, boolean fromQueueing, long queueLimit) {
            this(expiresAt, lease, fromQueueing, queueLimit, null);
        }

        /** The same with another expiry, and as it stands now. */
        public Terms standing(long at, @Nullable Hosted now) {
            return at == expiresAt && now == null ? this : new Terms(at, lease, fromQueueing, queueLimit, now);
        }

        /** Nothing special. */
        public static final Terms NONE = new Terms(0, 0, false, Long.MAX_VALUE);
    }

    /**
     * What only jobs that come through a host have.
     *
     * @param delay the delay that it came with, in milliseconds
     * @param most deliveries after which it is put aside instead of queued
     * @param counts how often it came again
     * @param active whether a worker has it
     */
    public record Hosted(long delay, int most, Counts counts, boolean active) {}

    /**
     * How often a job came again.
     *
     * @param nacks because a worker handed it back
     * @param requeues otherwise
     * @param queued whether it was queued before, so that the next time counts
     */
    public record Counts(int nacks, int requeues, boolean queued) {
        /** Never yet. */
        public static final Counts NONE = new Counts(0, 0, false);
    }
}
