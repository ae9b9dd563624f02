// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

import dev.millrace.cli.watch.Latency;

/**
 * What was measured. Immutable.
 *
 * @param singleSeconds how long it took to enqueue {@link BenchPlan#singles} of the jobs one by one
 * @param bulkSeconds how long all others took, in batches of several producers
 * @param workSeconds how long they took from the start of the worker to the last handler
 * @param idle from enqueueing to the start of the handler, when the worker has nothing else to do
 * @param lost how many never came
 * @param duplicated how many times a job came that had come already
 */
public record BenchReport(
        double singleSeconds, double bulkSeconds, double workSeconds, Latency idle, long lost, long duplicated) {}
