// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.QueueName;
import java.util.List;

/** A {@link Broker} that lets people look into it. Thread-safe; what it answers is true of one moment. */
public interface Inspectable {
    /**
     * All queues that hold a job or are paused.
     *
     * @return how they stand, by name
     */
    List<QueueStatus> queues();

    /**
     * The jobs that workers get next.
     *
     * @param queue of which queue
     * @param max how many at most; 1 or more
     * @return ready jobs, the next one first; no more than the broker shows ({@link Capabilities#peek()})
     * @throws UnsupportedFeatureException if it shows only counts
     */
    List<Glimpse> peek(QueueName queue, int max);

    /**
     * For brokers: refuses a number of jobs below 1, here and wherever else somebody says how many at most.
     *
     * @param max how many at most
     * @return the same
     * @throws IllegalArgumentException if it is below 1
     */
    static int atLeastOne(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max " + max + " is out of range; give 1 or more");
        }
        return max;
    }

    /**
     * The dead letters.
     *
     * @param queue of which queue
     * @param max how many at most; 1 or more
     * @return dead jobs with their reason, the oldest dead one first; no more than the broker shows
     * @throws UnsupportedFeatureException if it shows only counts
     */
    List<Glimpse> dead(QueueName queue, int max);
}
