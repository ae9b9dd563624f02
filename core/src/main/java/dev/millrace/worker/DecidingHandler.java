// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/**
 * Does jobs and says what is to become of each. Otherwise like {@link Handler}: throwing means that this attempt failed,
 * and it must be thread-safe.
 *
 * @param <T> what it gets
 */
@FunctionalInterface
public interface DecidingHandler<T> {
    /**
     * Does one job.
     *
     * @param payload what the producer sent
     * @param job which job this is
     * @return what is to become of it
     * @throws Exception if this attempt failed; the message is kept with the job
     */
    Outcome handle(T payload, JobContext job) throws Exception;
}
