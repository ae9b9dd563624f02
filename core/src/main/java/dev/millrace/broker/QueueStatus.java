// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a queue stands. Unknown is not zero. Immutable and thread-safe.
 *
 * @param queue which
 * @param ready how many jobs a worker could get now
 * @param waiting how many wait for their time
 * @param leased how many are with workers
 * @param dead how many are in the dead letters
 * @param oldest for how long the first of the ready jobs has been enqueued; empty if there is none or it is unknown
 * @param pause what is paused
 */
public record QueueStatus(
        QueueName queue,
        OptionalLong ready,
        OptionalLong waiting,
        OptionalLong leased,
        OptionalLong dead,
        Optional<Duration> oldest,
        Pause pause) {}
