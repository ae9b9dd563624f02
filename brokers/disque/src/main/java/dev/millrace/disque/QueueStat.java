// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;
import java.util.List;

/**
 * What a node knows of a queue (QSTAT). It counts from the moment at which the queue came into being on that node.
 *
 * @param queue its name
 * @param length how many jobs wait in it on that node
 * @param age since when it is there, in whole seconds
 * @param idle how long nobody used it, in whole seconds
 * @param blocked how many clients wait for its jobs on that node
 * @param importFrom ids of nodes that it gets jobs from
 * @param importRate how many jobs a second it gets from them
 * @param jobsIn how often a job was queued in it, retries included
 * @param jobsOut how many jobs were fetched from it
 * @param pause whether it takes and gives jobs
 */
public record QueueStat(
        DisqueQueue queue,
        long length,
        Duration age,
        Duration idle,
        int blocked,
        List<String> importFrom,
        long importRate,
        long jobsIn,
        long jobsOut,
        PauseState pause) {}
