// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

import dev.millrace.cli.watch.Latency;

/**
 * What was measured. Immutable.
 *
 * @param enqueueSeconds how long all jobs took to be enqueued
 * @param workSeconds how long they took from the start of the worker to the last handler
 * @param idle from enqueueing to the start of the handler, when the worker has nothing else to do
 * @param lost how many never came
 * @param duplicated how many times a job came that had come already
 */
public record BenchReport(double enqueueSeconds, double workSeconds, Latency idle, long lost, long duplicated) {}
