// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches jobs from a cluster. It stays on one node as long as that works, moves on when the node goes, and moves to the node
 * at which most of its jobs are created, because a job is fetched quickest there. It keeps nothing that must be closed.
 *
 * <p>Thread-safe; several threads share the node that it stays on.
 */
public final class DisqueConsumer {
    private final Cluster cluster;
    private final Failover failover;
    private final GetJob get;
    private final Affinity affinity = new Affinity();
    private volatile @Nullable ClusterNode current;

    DisqueConsumer(Cluster cluster, Failover failover, GetJob get) {
        this.cluster = cluster;
        this.failover = failover;
        this.get = get;
    }

    /**
     * Fetches jobs. If the node goes while it waits, another one is asked for the rest of the time.
     *
     * @param count how many at most, 1 or more
     * @param timeout how long to wait for the first; zero does not
     * @return empty if there were none in time
     * @throws DisqueException if no node can be asked
     */
    public List<DisqueJob> take(int count, Duration timeout) {
        GetJob wanted = get.withCount(count);
        long deadline = cluster.now() + timeout.toNanos();
        List<DisqueJob> jobs = failover.on(cluster.inOrder(stay()), Failover.Repeat.ALWAYS, node -> {
            List<DisqueJob> got = node.connections().call(Commands.get(wanted.waiting(left(timeout, deadline))));
            current = node;
            return got;
        });
        affinity.received(jobs).flatMap(cluster::creator).ifPresent(this::moveTo);
        return jobs;
    }

    private Duration left(Duration timeout, long deadline) {
        if (timeout.isZero()) {
            return timeout;
        }
        long left = deadline - cluster.now();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** The node of last time, unless it rests or leaves. */
    private @Nullable ClusterNode stay() {
        ClusterNode last = current;
        return last == null || last.isResting(cluster.now()) || last.priority() >= ClusterNode.LEAVING ? null : last;
    }

    private void moveTo(ClusterNode node) {
        if (!node.isResting(cluster.now()) && node.priority() < ClusterNode.LEAVING) {
            current = node;
        }
    }

    /**
     * The node that is asked next.
     *
     * @return its address; null before the first jobs were asked for
     */
    public @Nullable NodeAddress node() {
        ClusterNode last = current;
        return last == null ? null : last.address();
    }
}
