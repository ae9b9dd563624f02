// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.toy;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job in the toy's hands. */
final class ToyJob {
    final JobId id;
    final QueueName queue;
    final Payload payload;
    final Map<String, String> headers;
    final int priority;
    final Instant enqueuedAt;

    @Nullable
    Instant expires;

    JobState state = JobState.READY;
    Instant due;
    int attempts;
    int token;

    ToyJob(JobId id, dev.millrace.job.Job job, Payload payload, Instant now) {
        this.id = id;
        this.queue = job.queue();
        this.payload = payload;
        this.headers = new HashMap<>(job.headers());
        this.priority = job.priority();
        this.enqueuedAt = now;
        this.expires = job.expiry().map(now::plus).orElse(null);
        this.due = now.plus(job.delay());
    }

    Glimpse glimpse() {
        boolean timed = state == JobState.WAITING || state == JobState.LEASED;
        return new Glimpse(
                id,
                queue,
                state,
                payload,
                headers,
                attempts,
                timed ? Optional.of(due) : Optional.empty(),
                Optional.of(enqueuedAt));
    }
}
