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
     * @param lease its own lease in milliseconds; 0 lets the receiver decide
     * @param fromQueueing whether that lease counts from when the job became ready, and not from its delivery
     * @param queueLimit the queue must hold fewer unfinished jobs than this
     */
    public record Terms(long expiresAt, long lease, boolean fromQueueing, long queueLimit) {
        /** The same with another expiry. */
        public Terms expiring(long at) {
            return at == expiresAt ? this : new Terms(at, lease, fromQueueing, queueLimit);
        }

        /** Nothing special. */
        public static final Terms NONE = new Terms(0, 0, false, Long.MAX_VALUE);
    }
}
