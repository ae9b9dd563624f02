// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

/**
 * What is measured. Immutable.
 *
 * @param jobs how many jobs; at least one
 * @param size how large each is, in bytes; at least {@value #SMALLEST}
 * @param producers how many threads enqueue
 * @param batch how many jobs a producer hands over at once
 * @param concurrency how many handlers run at once
 */
public record BenchPlan(int jobs, int size, int producers, int batch, int concurrency) {
    /** A job carries its number. */
    public static final int SMALLEST = 4;

    private static final int SHARE = 20;

    /**
     * How many of the jobs one producer enqueues one by one, before the others come in batches.
     *
     * @return one in twenty, at least one
     */
    public int singles() {
        return Math.max(1, jobs / SHARE);
    }
}
