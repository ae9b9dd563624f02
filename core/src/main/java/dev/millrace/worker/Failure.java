// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.Optional;

/**
 * A failed attempt. Immutable and thread-safe.
 *
 * @param id of which job
 * @param queue where the job came from
 * @param type the name of its {@link dev.millrace.job.JobType}, or empty if it has none
 * @param attempt which attempt failed; 1 for the first
 * @param error what the handler threw; at the time limit a {@link java.util.concurrent.TimeoutException}, for {@link
 *     Outcome.Retry} an exception whose message is the reason
 */
public record Failure(JobId id, QueueName queue, Optional<String> type, int attempt, Throwable error) {}
