// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.job.Job;
import java.util.List;

/**
 * Is told what a producer sends, for metrics and tracing. Called on the thread that enqueues, before and after, so that a
 * span or a stopwatch can be kept in between; it must be quick and thread-safe. What it throws is logged and changes
 * nothing.
 */
public interface EnqueueObserver {
    /**
     * Jobs are about to be sent.
     *
     * @param jobs which
     */
    default void sending(List<Job> jobs) {}

    /**
     * The broker has answered.
     *
     * @param jobs what was sent
     * @param answers one per job, in order
     */
    default void sent(List<Job> jobs, List<EnqueueResult> answers) {}

    /**
     * The broker failed, or refused the jobs as a whole.
     *
     * @param jobs what was to be sent
     * @param error what the producer's caller gets
     */
    default void failed(List<Job> jobs, Throwable error) {}
}
