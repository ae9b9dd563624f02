// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.Job;
import java.util.List;

/**
 * A {@link Broker} whose jobs lie where the user's own data lies, so that one transaction can change both: a job exists
 * exactly if the transaction that made it commits. Thread-safe; a transaction belongs to one thread at a time.
 *
 * @param <T> a transaction as its users know it, such as {@code java.sql.Connection}
 */
public interface TransactionalBroker<T> extends Broker {
    /**
     * What is done in one transaction.
     *
     * @param <T> a transaction
     * @param <R> what comes of it
     */
    @FunctionalInterface
    interface Work<T, R> {
        /**
         * Does it.
         *
         * @param transaction open; neither to be committed nor rolled back nor closed here
         * @return what comes of it
         * @throws Exception to have all rolled back
         */
        R in(T transaction) throws Exception;
    }

    /**
     * Hands over jobs in the caller's transaction, which is neither committed nor rolled back here. Nobody sees them before
     * it is committed, and nobody ever if it is rolled back.
     *
     * @param transaction open, the caller's
     * @param jobs the jobs
     * @return one answer per job, in order; {@link EnqueueResult.Stored} is true if the transaction is committed
     * @throws UnsupportedFeatureException if a job asks for what this broker cannot do; then none was sent
     * @throws BrokerException if the broker failed; the transaction may be of no more use and should be rolled back
     * @throws IllegalArgumentException if there is no transaction open
     */
    List<EnqueueResult> send(T transaction, List<Job> jobs);

    /**
     * Says in the caller's transaction what became of deliveries. It holds if the transaction is committed; if it is rolled
     * back they are still the worker's own, as long as their leases last.
     *
     * @param transaction open, the caller's
     * @param settlements what is to happen, for deliveries of receivers of this broker
     * @return one answer per settlement, in order; none of those that are {@link Settled#CONFIRMED} can be another worker's
     *     before the transaction ends
     * @throws IllegalArgumentException if a delivery is another broker's, or there is no transaction open
     * @throws BrokerException if the broker failed; the transaction may be of no more use and should be rolled back
     */
    List<Settled> settle(T transaction, List<Settlement> settlements);

    /**
     * Does something in a transaction of this broker's own, and commits it.
     *
     * @param <R> what comes of it
     * @param work what is to be done; if it throws, the transaction is rolled back
     * @return what the work returned
     * @throws BrokerException if there was no transaction to be had, or it is not known whether it was committed
     * @throws Exception what the work threw
     */
    <R> R inTransaction(Work<T, R> work) throws Exception;

    /**
     * Told by a worker before it starts: so many of its handlers may be in transactions of {@link #inTransaction} at once. A
     * broker that can do that much gets ready for it, on top of what it needs for itself.
     *
     * @param transactions how many, 1 or more
     * @throws IllegalArgumentException if there can never be so many; the message says what to change
     */
    void prepareFor(int transactions);
}
