// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** {@link Worker.TransactionalBuilder}: a handler in a transaction is one that decides when it has committed. */
final class TransactionWorkerBuilder<T> extends WorkerBuilder implements Worker.TransactionalBuilder<T> {
    private final TransactionalBroker<T> broker;

    TransactionWorkerBuilder(TransactionalBroker<T> broker) {
        super(broker);
        this.broker = broker;
    }

    @Override
    public Worker.TransactionalBuilder<T> handleIn(String queue, TransactionalHandler<Payload, T> handler) {
        decide(queue, committing(handler));
        needsAcknowledgement(queue);
        return this;
    }

    @Override
    public <P> Worker.TransactionalBuilder<T> handleIn(JobType<P> type, TransactionalHandler<P, T> handler) {
        decide(type, committing(handler));
        needsAcknowledgement(type.queue().value());
        return this;
    }

    @Override
    void checkTransactions(int most) {
        if (most > 0) {
            broker.prepareFor(most);
        }
    }

    private <P> DecidingHandler<P> committing(TransactionalHandler<P, T> handler) {
        return (payload, job) -> {
            Attempt attempt = (Attempt) job;
            broker.inTransaction(transaction -> {
                handler.handle(payload, job, transaction);
                Settlement ack = new Settlement.Ack(attempt.delivery());
                if (broker.settle(transaction, List.of(ack)).getFirst() == Settled.LOST) {
                    throw BrokerException.passing(
                            "the lease of " + attempt + " ended before its transaction was committed; rolled back",
                            null);
                }
                return attempt;
            });
            attempt.committed();
            return Outcome.done();
        };
    }

    @Override
    public Worker.TransactionalBuilder<T> queue(String name, int concurrency) {
        super.queue(name, concurrency);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> queue(String name, int concurrency, Guarantee guarantee) {
        super.queue(name, concurrency, guarantee);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> handle(String queue, Handler<Payload> handler) {
        super.handle(queue, handler);
        return this;
    }

    @Override
    public <P> Worker.TransactionalBuilder<T> handle(JobType<P> type, Handler<P> handler) {
        super.handle(type, handler);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> decide(String queue, DecidingHandler<Payload> handler) {
        super.decide(queue, handler);
        return this;
    }

    @Override
    public <P> Worker.TransactionalBuilder<T> decide(JobType<P> type, DecidingHandler<P> handler) {
        super.decide(type, handler);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> retry(RetryPolicy policy) {
        super.retry(policy);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> timeLimit(Duration limit) {
        super.timeLimit(limit);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> lease(Duration lease) {
        super.lease(lease);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> observer(Observer observer) {
        super.observer(observer);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> readAhead(int jobs) {
        super.readAhead(jobs);
        return this;
    }

    @Override
    public Worker.TransactionalBuilder<T> clock(InstantSource clock) {
        super.clock(clock);
        return this;
    }
}
