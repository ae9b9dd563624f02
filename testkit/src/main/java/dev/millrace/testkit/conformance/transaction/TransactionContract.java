// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.transaction;

import org.junit.jupiter.api.Nested;

/**
 * What every transactional broker must keep, beside what every broker must. A broker's test extends it and gives a harness;
 * nothing else.
 *
 * @param <T> a transaction
 */
public abstract class TransactionContract<T> {
    /** For subclasses; the test framework makes one for each test. */
    protected TransactionContract() {}

    /**
     * Puts the broker through one test.
     *
     * @return a new harness, whose broker shares no data with earlier ones
     */
    protected abstract TransactionHarness<T> harness();

    @Nested
    class Enqueueing extends EnqueueingChapter<T> {
        Enqueueing() {
            super(TransactionContract.this);
        }
    }

    @Nested
    class Settling extends SettlingInChapter<T> {
        Settling() {
            super(TransactionContract.this);
        }
    }

    @Nested
    class Handling extends HandlingInChapter<T> {
        Handling() {
            super(TransactionContract.this);
        }
    }
}
