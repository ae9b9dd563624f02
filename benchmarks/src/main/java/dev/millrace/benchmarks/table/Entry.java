// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.clients.Contestant;
import java.util.concurrent.Callable;

/**
 * A row of the table before it is measured.
 *
 * @param name what is measured
 * @param durability what the answer to an enqueue promises
 * @param start how its process is started
 * @param size how much it is given to do
 */
record Entry(String name, String durability, Callable<Contestant> start, Size size) {
    /**
     * How much is done in a turn, so that quick and slow ones take about as long.
     *
     * @param singles jobs enqueued one by one
     * @param jobs jobs enqueued in parcels, and worked off
     * @param threads handlers at once, those with which it is quickest
     * @param samples single jobs for an idle worker
     */
    record Size(int singles, int jobs, int threads, int samples) {
        /** The same with other handlers. */
        Size with(int handlers) {
            return new Size(singles, jobs, handlers, samples);
        }
    }

    static Entry millrace(String url, String name, String durability, Size size) {
        return new Entry("Millrace, " + name, durability, () -> Contestant.millrace(url), size);
    }
}
