// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.JobId;
import java.util.Optional;

/** A {@link Broker} that finds a job by its id alone, whoever received it. Thread-safe. */
public interface Addressable {
    /**
     * Ends a job, whatever its state.
     *
     * @param id which
     * @return {@link Settled#LOST} if the broker knows no such job
     */
    Settled ack(JobId id);

    /**
     * Makes a job ready at once: takes it from the worker that has it, ends its delay, or brings it back from the dead
     * letters.
     *
     * @param id which
     * @return {@link Settled#LOST} if the broker knows no such job
     */
    Settled release(JobId id);

    /**
     * Looks at a job.
     *
     * @param id which
     * @return the job, or empty if the broker knows no such job
     */
    Optional<Glimpse> show(JobId id);
}
