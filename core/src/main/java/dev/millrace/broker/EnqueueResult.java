// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.JobId;

/** What became of a job that was sent. */
public sealed interface EnqueueResult {
    /**
     * The broker has it.
     *
     * @param id its id, chosen or given
     */
    record Stored(JobId id) implements EnqueueResult {}

    /**
     * The broker knew a job with the chosen id; this one was not stored.
     *
     * @param id the id of both
     */
    record Duplicate(JobId id) implements EnqueueResult {}

    /**
     * The broker said no; nothing was stored.
     *
     * @param reason why, for programs
     * @param detail why, for people: the values and what would be right
     */
    record Refused(Reason reason, String detail) implements EnqueueResult {}

    /** Why a broker says no to one job. */
    enum Reason {
        /** The queue holds as many jobs as it may. */
        QUEUE_FULL,
        /** The queue was paused for producers. */
        PAUSED,
        /** The job is larger than the broker takes. */
        TOO_LARGE,
        /** The broker does not take this job for another reason, such as an id that it could give itself. */
        INVALID
    }
}
