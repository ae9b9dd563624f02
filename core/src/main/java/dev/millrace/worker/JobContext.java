// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The job that a handler has in its hands. Thread-safe. */
public interface JobContext {
    /**
     * Which job this is.
     *
     * @return its id; the same at each attempt
     */
    JobId id();

    /**
     * Where it came from.
     *
     * @return the queue
     */
    QueueName queue();

    /**
     * The name of its {@link dev.millrace.job.JobType}.
     *
     * @return the name, or empty if the producer gave none
     */
    Optional<String> type();

    /**
     * Which attempt this is. How exact the number is depends on the broker, see {@link
     * dev.millrace.broker.Capabilities#attempts()}.
     *
     * @return 1 for the first
     */
    int attempt();

    /**
     * What travelled beside the payload, with the attempt history ({@link AttemptHistory}).
     *
     * @return name and value of each header; cannot be changed
     */
    Map<String, String> headers();

    /**
     * When the job was enqueued.
     *
     * @return the moment by the clock of the broker, or empty where it keeps none
     */
    Optional<Instant> enqueuedAt();

    /**
     * When this attempt is interrupted and has failed.
     *
     * @return the moment by the clock of the worker; for a job that has not started, as if it started when it was
     *     received
     */
    Instant deadline();

    /**
     * Whether the worker no longer wants this attempt: its time limit is over, its lease is lost, or the worker stops.
     * The thread has been interrupted too; this is for handlers whose libraries swallow that.
     *
     * @return true if whatever the handler does from now on is in vain
     */
    boolean cancelled();
}
