// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Takes jobs from a broker and hands them to handlers, each on a virtual thread of its own. It retries, backs off, limits
 * time, renews leases and recovers when the broker fails. Thread-safe; closing the broker is the caller's business, after
 * the worker.
 */
public interface Worker extends AutoCloseable {
    /** The highest concurrency of one queue. */
    int MAX_CONCURRENCY = 100_000;

    /** How long {@link #close()} lets handlers end: 10 seconds. */
    Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /**
     * Begins a worker.
     *
     * @param broker where its jobs come from
     * @return a builder
     */
    static Builder on(Broker broker) {
        return new WorkerBuilder(broker);
    }

    /**
     * Begins a worker whose handlers can take part in transactions.
     *
     * @param <T> a transaction, such as {@code java.sql.Connection}
     * @param broker where its jobs come from
     * @return a builder
     */
    static <T> TransactionalBuilder<T> on(TransactionalBroker<T> broker) {
        return new TransactionWorkerBuilder<>(broker);
    }

    /**
     * What to call this worker in messages and events.
     *
     * @return its name
     */
    String name();

    /**
     * How the worker stands.
     *
     * @return the state of this moment
     */
    Health health();

    /**
     * Stops in good order: receives no more, lets handlers end, and tells the broker what became of every job. Handlers
     * that run longer than the patience are interrupted, and their jobs handed back as not tried: that attempt does not
     * count. Returns when the worker has stopped; may be called twice and by several threads, of which the shortest
     * patience counts. An interrupt of the caller ends the patience at once and stays set. The broker must still be open.
     * Beyond the patience it takes at most a few seconds: 1 for interrupted handlers, and up to 5 each for a broker that does
     * not answer a request for jobs or does not take the last settlements.
     *
     * @param patience how long handlers may still take; zero interrupts at once
     * @throws IllegalArgumentException if the patience is negative
     */
    void drain(Duration patience);

    /** The same as {@link #drain} with {@link #CLOSE_PATIENCE}. */
    @Override
    void close();

    /** Collects what a worker is to do. Not thread-safe; can start several workers. */
    sealed interface Builder permits WorkerBuilder, TransactionalBuilder {
        /**
         * Takes jobs from a queue, at least once.
         *
         * @param name which queue, see {@link dev.millrace.job.QueueName}; each once
         * @param concurrency how many of its handlers run at once, at most; 1 to {@value Worker#MAX_CONCURRENCY}
         * @return this builder
         */
        Builder queue(String name, int concurrency);

        /**
         * Takes jobs from a queue.
         *
         * @param name which queue; each once
         * @param concurrency how many of its handlers run at once, at most; 1 to {@value Worker#MAX_CONCURRENCY}
         * @param guarantee what may happen to a job when this worker dies
         * @return this builder
         */
        Builder queue(String name, int concurrency, Guarantee guarantee);

        /**
         * What does the jobs of a queue that have no type, or one that this worker does not know.
         *
         * @param queue which queue; each once
         * @param handler what to do with a job
         * @return this builder
         */
        Builder handle(String queue, Handler<Payload> handler);

        /**
         * What does the jobs of a type.
         *
         * @param <T> what the handler gets
         * @param type which type; each name once a queue
         * @param handler what to do with a job
         * @return this builder
         */
        <T> Builder handle(JobType<T> type, Handler<T> handler);

        /**
         * What decides on the jobs of a queue that have no type, or one that this worker does not know.
         *
         * @param queue which queue; each once
         * @param handler what to do with a job
         * @return this builder
         */
        Builder decide(String queue, DecidingHandler<Payload> handler);

        /**
         * What decides on the jobs of a type.
         *
         * @param <T> what the handler gets
         * @param type which type; each name once a queue
         * @param handler what to do with a job
         * @return this builder
         */
        <T> Builder decide(JobType<T> type, DecidingHandler<T> handler);

        /**
         * What follows a failed attempt.
         *
         * @param policy decides; {@link RetryPolicy#standard()} if nothing is said. A policy of your own counts as one that
         *     waits and gives up, where a broker cannot do either
         * @return this builder
         */
        Builder retry(RetryPolicy policy);

        /**
         * How long an attempt may take where no {@link JobType} says it.
         *
         * @param limit above zero; {@link JobType#DEFAULT_TIME_LIMIT} if nothing is said
         * @return this builder
         */
        Builder timeLimit(Duration limit);

        /**
         * How long a job is this worker's own before it must renew that, where the broker lets the worker decide: how long
         * it takes until another gets the job if this process dies. Independent of the time limit, except where the broker
         * cannot renew it: there it is longer than the longest time limit of the queue, by a twentieth of that, or by 10
         * seconds if that is less, and by the second that a job may wait for its place. So give a short time limit too where a job is to come back soon.
         *
         * @param lease 100 ms or more; 30 seconds if nothing is said
         * @return this builder
         */
        Builder lease(Duration lease);

        /**
         * How many jobs of a queue may be received ahead of free places, at most. It is the work of the next 25 ms, going by how
         * quick handlers were lately: hundreds of jobs that take microseconds, none that take seconds. A job that waits longer
         * than a second all the same, or a third of its lease, goes back to the broker. Meanwhile no other worker has it, and
         * one that goes first, or has a higher priority, comes behind it. Nothing is received ahead at most once, nor where the
         * broker sends ahead by itself, as RabbitMQ does.
         *
         * @param jobs 0 to {@value Worker#MAX_CONCURRENCY}; 256 if nothing is said, 0 for none
         * @return this builder
         */
        Builder readAhead(int jobs);

        /**
         * Who is told what happens; called twice, both are.
         *
         * @param observer told of every event
         * @return this builder
         */
        Builder observer(Observer observer);

        /**
         * What to call the worker.
         *
         * @param name shown in messages, events and thread names; {@code worker} if nothing is said
         * @return this builder
         */
        Builder name(String name);

        /**
         * What says how late it is, for {@link JobContext#deadline()}, the attempt history and {@link Health}. How long
         * things take is measured apart from it.
         *
         * @param clock the clock; that of the system if nothing is said
         * @return this builder
         */
        Builder clock(InstantSource clock);

        /**
         * Starts the worker.
         *
         * @return the worker, receiving
         * @throws IllegalArgumentException if a queue has no handler or a handler no queue, or one is there twice; the
         *     message names it; or if the broker cannot have as many transactions at once as there are handlers in one
         * @throws dev.millrace.broker.BrokerException if the broker cannot be reached now; later it may fail and come back
         * @throws UnsupportedFeatureException if the worker would need what the broker cannot do; the message names both
         *     and who asked
         */
        Worker start();
    }

    /**
     * Collects what a worker with transactions is to do. Not thread-safe; can start several workers.
     *
     * @param <T> a transaction, such as {@code java.sql.Connection}
     */
    sealed interface TransactionalBuilder<T> extends Builder permits TransactionWorkerBuilder {
        /**
         * What does the jobs of a queue that have no type, or one that this worker does not know, each in a transaction that
         * is committed together with the acknowledgement. Not for a queue that is taken at most once.
         *
         * @param queue which queue; each once
         * @param handler what to do with a job
         * @return this builder
         */
        TransactionalBuilder<T> handleIn(String queue, TransactionalHandler<Payload, T> handler);

        /**
         * What does the jobs of a type, each in a transaction that is committed together with the acknowledgement. Not for a
         * queue that is taken at most once.
         *
         * @param <P> what the handler gets
         * @param type which type; each name once a queue
         * @param handler what to do with a job
         * @return this builder
         */
        <P> TransactionalBuilder<T> handleIn(JobType<P> type, TransactionalHandler<P, T> handler);

        @Override
        TransactionalBuilder<T> queue(String name, int concurrency);

        @Override
        TransactionalBuilder<T> queue(String name, int concurrency, Guarantee guarantee);

        @Override
        TransactionalBuilder<T> handle(String queue, Handler<Payload> handler);

        @Override
        <P> TransactionalBuilder<T> handle(JobType<P> type, Handler<P> handler);

        @Override
        TransactionalBuilder<T> decide(String queue, DecidingHandler<Payload> handler);

        @Override
        <P> TransactionalBuilder<T> decide(JobType<P> type, DecidingHandler<P> handler);

        @Override
        TransactionalBuilder<T> retry(RetryPolicy policy);

        @Override
        TransactionalBuilder<T> timeLimit(Duration limit);

        @Override
        TransactionalBuilder<T> lease(Duration lease);

        @Override
        TransactionalBuilder<T> readAhead(int jobs);

        @Override
        TransactionalBuilder<T> observer(Observer observer);

        @Override
        TransactionalBuilder<T> name(String name);

        @Override
        TransactionalBuilder<T> clock(InstantSource clock);
    }
}
