// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import dev.millrace.broker.TransactionalBroker;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.UUID;

/**
 * Puts one transactional broker through the contract: opens it, and plays the user with tables of its own beside the jobs.
 * Made anew for each test. Thread-safe, except for a transaction.
 *
 * @param <T> a transaction
 */
public interface TransactionHarness<T> extends AutoCloseable {
    /**
     * Opens the broker, on the time of the system. Called once in a test; the contract closes the broker.
     *
     * @return the broker
     */
    TransactionalBroker<T> open();

    /**
     * Begins a transaction of the user's.
     *
     * @return the transaction, which is ended by {@link #commit} or {@link #rollBack}
     */
    T begin();

    /**
     * Commits a transaction, and lets go of it.
     *
     * @param transaction which
     */
    void commit(T transaction);

    /**
     * Rolls a transaction back, and lets go of it.
     *
     * @param transaction which
     */
    void rollBack(T transaction);

    /**
     * Writes something of the user's in a transaction.
     *
     * @param transaction which
     * @param text what
     */
    void write(T transaction, String text);

    /**
     * Reads what was written and committed.
     *
     * @return the texts, in any order
     */
    List<String> written();

    /**
     * A queue that no other test uses.
     *
     * @return its name
     */
    default QueueName freshQueue() {
        return new QueueName("q-" + UUID.randomUUID());
    }

    /** Removes what the test left behind; the broker is closed by then. */
    @Override
    void close();
}
