// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.List;

/**
 * A {@link Producer} that can also hand over jobs in a transaction of the caller's: they exist exactly if it commits.
 * Thread-safe.
 *
 * @param <T> a transaction as its users know it, such as {@code java.sql.Connection}
 */
public interface TransactionalProducer<T> extends Producer {
    /**
     * Hands over one job in the caller's transaction, which is neither committed nor rolled back here.
     *
     * @param transaction open, the caller's
     * @param job the job
     * @return its id; where the broker knew a job with the chosen id already, that one's
     * @throws EnqueueRefusedException if the broker said no; the transaction can go on
     * @throws UnsupportedFeatureException if the job asks for what the broker cannot do; nothing was sent
     * @throws BrokerException if the broker failed; the transaction should be rolled back
     */
    JobId enqueue(T transaction, Job job);

    /**
     * Hands over many jobs in the caller's transaction. No answer of the broker is an exception.
     *
     * @param transaction open, the caller's
     * @param jobs the jobs; may be empty
     * @return one answer per job, in order
     * @throws UnsupportedFeatureException if a job asks for what the broker cannot do; none was sent
     * @throws BrokerException if the broker failed; the transaction should be rolled back
     */
    List<EnqueueResult> offer(T transaction, List<Job> jobs);

    @Override
    TransactionalProducer<T> observedBy(EnqueueObserver observer);
}
