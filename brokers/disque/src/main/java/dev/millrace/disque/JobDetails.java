// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a node knows of a job (SHOW).
 *
 * @param id its id
 * @param queue where it belongs; empty if the node has only a trace of it
 * @param state what state it is in on that node
 * @param replicas on how many nodes it is to be kept
 * @param timeToLive how much of its life is left
 * @param createdAt when it was created: nanoseconds since 1970, which also order the jobs of one node
 * @param delay how long it had to wait before it could be delivered
 * @param retry after which time without acknowledgement it is delivered again; zero: never
 * @param counters how often it came back
 * @param nodesDelivered ids of nodes that may have a copy
 * @param nodesConfirmed ids of nodes that are known to have one
 * @param nextRequeue when it is queued again if nobody acknowledges it; empty if never, and while that is not decided
 * @param nextAwake when the node next looks at it
 * @param body what it says; empty if the node has only a trace of it
 */
public record JobDetails(
        DisqueJobId id,
        Optional<DisqueQueue> queue,
        JobState state,
        int replicas,
        Duration timeToLive,
        long createdAt,
        Duration delay,
        Duration retry,
        DisqueJob.Counters counters,
        List<String> nodesDelivered,
        List<String> nodesConfirmed,
        Optional<Duration> nextRequeue,
        Optional<Duration> nextAwake,
        Optional<byte[]> body) {}
