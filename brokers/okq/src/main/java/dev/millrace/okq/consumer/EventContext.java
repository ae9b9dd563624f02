// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.worker.JobContext;
import java.time.Instant;
import java.util.Optional;

/** What a callback knows of the event in its hands beside the event. Thread-safe. */
public final class EventContext {
    private final JobContext job;
    private final boolean leased;

    EventContext(JobContext job, boolean leased) {
        this.job = job;
        this.leased = leased;
    }

    /**
     * When the callback is interrupted: shortly before the lease of the event ends and another consumer may have it.
     *
     * @return the moment by the clock of this machine; empty for an event that was taken at most once
     */
    public Optional<Instant> deadline() {
        return leased ? Optional.of(job.deadline()) : Optional.empty();
    }

    /**
     * Whether nobody wants an answer any more: the lease has ended, or the consumer was closed and ran out of patience.
     *
     * @return true if whatever the callback does from now on is in vain
     */
    public boolean cancelled() {
        return job.cancelled();
    }
}
