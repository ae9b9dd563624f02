// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/**
 * What a job that comes through a server asks for beside what {@link dev.millrace.job.Job} says. Such a job ends on its
 * expiry in whatever state it is, keeps its place among the jobs of its queue when it comes again, and counts apart how
 * often it was handed back and how often it came again otherwise. Immutable and thread-safe.
 *
 * @param retryMillis after how long a job that nobody acknowledged is queued again, in milliseconds; 0 is never: such a
 *     job is delivered at most once
 * @param clock from when that counts
 * @param maxQueued the job is refused if its queue has as many that could be taken; {@link #NO_LIMIT} for any number
 * @param maxDeliveries after how many deliveries the job is put aside instead of queued; {@link #NO_LIMIT} for never
 */
public record Terms(long retryMillis, RetryClock clock, long maxQueued, int maxDeliveries) {
    /** As many as there are. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** From when the time to acknowledge a job counts. */
    public enum RetryClock {
        /** From when it was queued, in steps of the retry time: how Disque counts. */
        FROM_QUEUEING,
        /** From its delivery: every worker has the whole of it. */
        FROM_DELIVERY
    }

    /** Checks the numbers. */
    public Terms {
        if (retryMillis < 0 || maxQueued < 1 || maxDeliveries < 1) {
            throw new IllegalArgumentException("retry " + retryMillis + " ms, at most " + maxQueued + " queued, "
                    + maxDeliveries + " deliveries: give 0 or more, 1 or more, 1 or more");
        }
    }

    /**
     * Whether the job is never queued twice.
     *
     * @return true if it has no retry time
     */
    public boolean once() {
        return retryMillis == 0;
    }
}
