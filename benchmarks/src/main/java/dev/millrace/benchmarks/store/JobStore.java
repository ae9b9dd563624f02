// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.store;

/** Something that keeps jobs. Thread-safe. */
public interface JobStore extends AutoCloseable {
    /** What to call it. */
    String name();

    /** The view of one thread. */
    Lane lane() throws Exception;

    /** How many jobs it holds. */
    long size() throws Exception;

    /** Lets what it does in the background come to rest. */
    default void rest() throws Exception {}

    @Override
    void close() throws Exception;

    /** One thread at work. Each call returns when what it did is as safe as the store was asked to make it. */
    interface Lane extends AutoCloseable {
        /** Stores so many jobs in one go. */
        void enqueue(int jobs) throws Exception;

        /** Ends as many in one go, of those that were stored. */
        void finish(int jobs) throws Exception;

        @Override
        default void close() throws Exception {}
    }
}
