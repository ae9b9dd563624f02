// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import dev.millrace.broker.Pause;
import dev.millrace.job.QueueName;

/**
 * How a queue stands. Immutable and thread-safe.
 *
 * @param name which
 * @param queued how many jobs a worker could get
 * @param waiting how many wait for their time
 * @param active how many are with workers
 * @param dead how many were put aside
 * @param ageMillis since when the queue is known
 * @param idleMillis since when nothing was queued or taken
 * @param takers how many takes wait for it
 * @param in how many times a job was queued since the queue is known
 * @param out how many times a job was taken since then
 * @param pause what is paused
 */
public record HostedQueue(
        QueueName name,
        long queued,
        long waiting,
        long active,
        long dead,
        long ageMillis,
        long idleMillis,
        int takers,
        long in,
        long out,
        Pause pause) {}
