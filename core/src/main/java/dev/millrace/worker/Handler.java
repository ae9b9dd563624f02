// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/**
 * Does jobs: returning means done, throwing means that this attempt failed and the {@link RetryPolicy} decides. Called
 * by many virtual threads at once, as many as the queue's concurrency, so it must be thread-safe. At its time limit, when
 * the lease is lost, or when the patience of a drain is over, the thread is interrupted.
 *
 * @param <T> what it gets
 */
@FunctionalInterface
public interface Handler<T> {
    /**
     * Does one job.
     *
     * @param payload what the producer sent
     * @param job which job this is
     * @throws Exception if this attempt failed; the message is kept with the job
     */
    void handle(T payload, JobContext job) throws Exception;
}
