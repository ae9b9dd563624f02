// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.List;
import java.util.function.Consumer;

/**
 * A library's own way to queue jobs and to work them off, each with a text for its payload. One thread measures and several
 * enqueue; see {@link Turns} for what is measured.
 */
interface Peer extends AutoCloseable {
    /** Throws away what is queued. */
    void clear() throws Exception;

    /** Enqueues jobs in the quickest way there is for so many; when it returns, the server has all of them. */
    void enqueue(List<String> payloads) throws Exception;

    /**
     * Begins to work jobs off, so many at once, as the library's guide advises for throughput.
     *
     * @param threads how many
     * @param handler what is done with each payload, by any thread
     * @return what ends it
     */
    AutoCloseable work(int threads, Consumer<String> handler) throws Exception;

    @Override
    default void close() throws Exception {}
}
