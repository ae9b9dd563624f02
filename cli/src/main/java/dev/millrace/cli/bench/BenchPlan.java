// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

/**
 * What is measured. Immutable.
 *
 * @param jobs how many jobs
 * @param size how large each is, in bytes; at least {@value #SMALLEST}
 * @param producers how many threads enqueue
 * @param batch how many jobs a producer hands over at once
 * @param concurrency how many handlers run at once
 */
public record BenchPlan(int jobs, int size, int producers, int batch, int concurrency) {
    /** A job carries its number. */
    public static final int SMALLEST = 4;
}
