// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/** What jobs and workers may ask of a broker, and not every broker can do. */
public enum Feature {
    /** {@code Job.after}: a job waits before it can be received. */
    DELAY,
    /** {@code Job.expiringAfter}: a job that nobody took in time is forgotten. */
    EXPIRY,
    /** {@code Job.withId}: the producer names the job, and a second one with that id is a duplicate. */
    CHOSEN_ID,
    /** {@code Job.atFront}: a job goes before those that wait. */
    FRONT,
    /** {@code Job.withPriority}: jobs of a higher priority go first. */
    PRIORITY,
    /** {@code Job.withHeader}: text travels beside the payload. */
    HEADERS,
    /** {@code Settlement.Release} with a delay: a job comes again later. */
    DELAYED_RETRY,
    /** {@code Settlement.DeadLetter}: a job is put aside with its reason. */
    DEAD_LETTER
}
