// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import dev.millrace.job.JobId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A look at a job. Immutable and thread-safe.
 *
 * @param job the job
 * @param state where it is in its life
 * @param chosenId the id that its producer chose, or empty
 * @param enqueuedAt when it was enqueued, in milliseconds since 1970
 * @param delayMillis the delay that it came with
 * @param retryMillis its retry time, 0 if it has none
 * @param deliveries how often a worker got it so far
 * @param requeueMillis in how many milliseconds it is queued (again), or empty if it will not be
 * @param deadSince since when it is put aside, in milliseconds since 1970; empty if it is not, or nobody knows
 */
public record HostedView(
        HostedJob job,
        State state,
        Optional<JobId> chosenId,
        long enqueuedAt,
        long delayMillis,
        long retryMillis,
        int deliveries,
        OptionalLong requeueMillis,
        OptionalLong deadSince) {
    /** Where a job is in its life. */
    public enum State {
        /** Its delay is not over. */
        WAITING,
        /** The next worker gets it. */
        QUEUED,
        /** A worker has it, or it was taken out of its queue until its retry time. */
        ACTIVE,
        /** It was put aside. */
        DEAD
    }
}
