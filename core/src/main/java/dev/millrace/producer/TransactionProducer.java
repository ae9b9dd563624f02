// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.List;

/** Adds the caller's transactions to a producer. */
final class TransactionProducer<T> implements TransactionalProducer<T> {
    private final TransactionalBroker<T> broker;
    private final BrokerProducer alone;

    TransactionProducer(TransactionalBroker<T> broker, BrokerProducer alone) {
        this.broker = broker;
        this.alone = alone;
    }

    @Override
    public JobId enqueue(Job job) {
        return alone.enqueue(job);
    }

    @Override
    public List<EnqueueResult> offer(List<Job> jobs) {
        return alone.offer(jobs);
    }

    @Override
    public JobId enqueue(T transaction, Job job) {
        return alone.id(job, offer(transaction, List.of(job)).getFirst());
    }

    @Override
    public List<EnqueueResult> offer(T transaction, List<Job> jobs) {
        return jobs.isEmpty() ? List.of() : alone.offer(jobs, () -> broker.send(transaction, jobs));
    }

    @Override
    public TransactionalProducer<T> observedBy(EnqueueObserver observer) {
        return new TransactionProducer<>(broker, alone.observedBy(observer));
    }
}
