// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.job.Job;
import java.time.Duration;
import java.util.List;

/**
 * Is told what a producer sends, for metrics and tracing. Called on the thread that enqueues, so it must be quick and
 * thread-safe; what it throws is logged and changes nothing.
 */
public interface EnqueueObserver {
    /**
     * The broker has answered.
     *
     * @param jobs what was sent
     * @param answers one per job, in order
     * @param took how long the broker took
     */
    default void enqueued(List<Job> jobs, List<EnqueueResult> answers, Duration took) {}

    /**
     * The broker failed, or refused the jobs as a whole.
     *
     * @param jobs what was to be sent
     * @param error what the producer's caller gets
     * @param took how long it took to fail
     */
    default void failed(List<Job> jobs, RuntimeException error, Duration took) {}
}
