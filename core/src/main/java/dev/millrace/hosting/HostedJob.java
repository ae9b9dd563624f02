// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.util.Map;
import java.util.Optional;

/**
 * A job as a worker gets it. Immutable and thread-safe.
 *
 * @param number its number
 * @param queue where it came from
 * @param payload its body
 * @param headers what travels beside the body
 * @param lifeMillis from its enqueueing to its expiry, in milliseconds; {@link Long#MAX_VALUE} if it has none
 * @param once whether it is delivered at most once
 * @param nacks how often a worker handed it back
 * @param requeues how often it was queued again otherwise: for lack of an acknowledgement, or on demand
 * @param id what it is called by a host that has {@link Naming}, and where the number is all, the id that its producer
 *     chose; empty if nobody did
 */
public record HostedJob(
        long number,
        QueueName queue,
        Payload payload,
        Map<String, String> headers,
        long lifeMillis,
        boolean once,
        int nacks,
        int requeues,
        Optional<JobId> id) {}
