// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A look at a job without taking it. Immutable and thread-safe.
 *
 * @param id which job
 * @param queue where it is
 * @param state where it is in its life
 * @param payload its body
 * @param headers what travels beside the body; in the dead letters with the reason
 * @param attempts how many times a worker has had it so far, those that did not count left out
 * @param due when it becomes ready (waiting), or when its lease ends (leased); else empty
 * @param enqueuedAt when it was enqueued, or empty where the broker keeps no such thing
 */
public record Glimpse(
        JobId id,
        QueueName queue,
        JobState state,
        Payload payload,
        Map<String, String> headers,
        int attempts,
        Optional<Instant> due,
        Optional<Instant> enqueuedAt) {
    /** Keeps the map. */
    public Glimpse {
        headers = Map.copyOf(headers);
    }
}
