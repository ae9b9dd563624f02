// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.cli.watch.Latency;
import java.util.List;

/**
 * How a demonstration went. Immutable.
 *
 * @param counts what became of the jobs
 * @param workSeconds how long all workers took together, the kill and the start of the next included
 * @param killed whether a worker was killed
 * @param idle from enqueueing to the start of a handler, measured apart, with a worker that has nothing else to do
 * @param differences all that is not as it should be; empty if all is well
 */
public record DemoReport(Counts counts, double workSeconds, boolean killed, Latency idle, List<String> differences) {
    /** Keeps the list. */
    public DemoReport {
        differences = List.copyOf(differences);
    }

    /**
     * What became of the jobs.
     *
     * @param jobs how many were enqueued
     * @param done how many have a result
     * @param retried how many of those failed before
     * @param dead how many are in the dead letters
     * @param deliveredTwice how many came to a handler again though they had not failed
     * @param lost how many are neither done nor in the dead letters
     */
    public record Counts(int jobs, int done, int retried, int dead, int deliveredTwice, int lost) {}
}
