// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.List;

/**
 * Hands jobs to a broker. It does not retry: whether a job may be sent twice is the caller's knowledge; a job with a
 * chosen id ({@link Job#withId}) may always be. Thread-safe; closing the broker is the caller's business.
 */
public interface Producer {
    /**
     * A producer for a broker.
     *
     * @param broker where the jobs go
     * @param needed what the jobs will ask for, so that a broker that cannot is found out here and not later; may be
     *     empty
     * @return the producer
     * @throws UnsupportedFeatureException if the broker cannot do one of them; the message names it
     */
    static Producer to(Broker broker, Feature... needed) {
        return BrokerProducer.to(broker, needed);
    }

    /**
     * A producer for a broker that knows the caller's transactions.
     *
     * @param <T> a transaction as its users know it, such as {@code java.sql.Connection}
     * @param broker where the jobs go
     * @param needed what the jobs will ask for; may be empty
     * @return the producer
     * @throws UnsupportedFeatureException if the broker cannot do one of them; the message names it
     */
    static <T> TransactionalProducer<T> to(TransactionalBroker<T> broker, Feature... needed) {
        return new TransactionProducer<>(broker, BrokerProducer.to(broker, needed));
    }

    /**
     * Hands over one job. When it returns, the job is as safe as the broker makes it.
     *
     * @param job the job
     * @return its id; where the broker knew a job with the chosen id already, that one's
     * @throws EnqueueRefusedException if the broker said no; nothing was stored
     * @throws UnsupportedFeatureException if the job asks for what the broker cannot do; nothing was sent
     * @throws BrokerException if it is not known whether the job was stored
     */
    JobId enqueue(Job job);

    /**
     * Hands over many jobs at once, which is much faster than one by one. No answer of the broker is an exception.
     *
     * @param jobs the jobs; may be empty
     * @return one answer per job, in order
     * @throws UnsupportedFeatureException if a job asks for what the broker cannot do; none was sent
     * @throws BrokerException if it is not known what became of the jobs: each may be stored or not
     */
    List<EnqueueResult> offer(List<Job> jobs);

    /**
     * The same producer, watched.
     *
     * @param observer told of everything that the new producer sends, after those that this one has
     * @return a new producer to the same broker
     */
    Producer observedBy(EnqueueObserver observer);
}
