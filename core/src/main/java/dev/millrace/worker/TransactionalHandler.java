// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/**
 * Does jobs in a transaction, which also takes the acknowledgement along: what the handler wrote and the end of the job are
 * committed together or not at all. Otherwise like {@link Handler}: throwing rolls back and means that this attempt failed,
 * and it must be thread-safe.
 *
 * @param <P> what it gets
 * @param <T> a transaction, such as {@code java.sql.Connection}
 */
@FunctionalInterface
public interface TransactionalHandler<P, T> {
    /**
     * Does one job.
     *
     * @param payload what the producer sent
     * @param job which job this is
     * @param transaction open; neither to be committed nor rolled back nor closed here
     * @throws Exception if this attempt failed; the message is kept with the job
     */
    void handle(P payload, JobContext job, T transaction) throws Exception;
}
