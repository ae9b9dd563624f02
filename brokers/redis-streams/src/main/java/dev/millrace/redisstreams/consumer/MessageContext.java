// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.worker.JobContext;
import java.time.Instant;
import java.util.Optional;

/** What a handler knows of the message in its hands beside the message. Thread-safe. */
public final class MessageContext {
    private final JobContext job;
    private final boolean limited;

    MessageContext(JobContext job, boolean limited) {
        this.job = job;
        this.limited = limited;
    }

    /**
     * How often the message was delivered in its group, this time included; Redis counts it.
     *
     * @return 1 for the first time
     */
    public int delivery() {
        return job.attempt();
    }

    /**
     * When the handler is interrupted.
     *
     * @return the moment by the clock of this machine; empty without a handler timeout
     */
    public Optional<Instant> deadline() {
        return limited ? Optional.of(job.deadline()) : Optional.empty();
    }

    /**
     * Whether nobody wants a result any more: the handler timeout is over, another consumer claimed the message, or the
     * consumer was closed and ran out of patience.
     *
     * @return true if whatever the handler does from now on is in vain
     */
    public boolean cancelled() {
        return job.cancelled();
    }
}
