// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.QueueName;

/** A {@link Broker} whose queues people can manage. Thread-safe. */
public interface Administrable {
    /**
     * Stops or lets go what flows into a queue, out of it, or both; survives a restart of a durable broker.
     *
     * @param queue which
     * @param pause what is to be paused from now on
     * @throws UnsupportedFeatureException if this broker cannot pause
     */
    void pause(QueueName queue, Pause pause);

    /**
     * Throws away all jobs of a queue that are ready or waiting; those with workers and the dead letters stay.
     *
     * @param queue which
     * @return how many were thrown away
     */
    long purge(QueueName queue);

    /**
     * Throws away the dead letters of a queue.
     *
     * @param queue which
     * @return how many were thrown away
     */
    long purgeDead(QueueName queue);

    /**
     * Makes dead letters ready again, the oldest first, with their attempts counted anew.
     *
     * @param queue which
     * @param max how many at most; 1 or more
     * @return how many are ready again
     */
    long redrive(QueueName queue, int max);
}
