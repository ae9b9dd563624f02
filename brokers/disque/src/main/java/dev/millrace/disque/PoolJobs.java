// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Failover.Repeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pool is asked about jobs that it knows: it goes to the nodes that are likely to know them too. */
record PoolJobs(Cluster cluster, Failover failover) {
    /** At the nodes that delivered them; for how many something was done. */
    int count(Verb verb, Collection<DisqueJob> jobs) {
        Map<NodeAddress, List<DisqueJobId>> byNode = new LinkedHashMap<>();
        jobs.forEach(job ->
                byNode.computeIfAbsent(job.node(), node -> new ArrayList<>()).add(job.id()));
        int sum = 0;
        for (Map.Entry<NodeAddress, List<DisqueJobId>> group : byNode.entrySet()) {
            sum += failover.on(
                    cluster.inOrder(cluster.at(group.getKey()).orElse(null)),
                    Repeat.ALWAYS,
                    node -> DisquePool.view(node).count(verb, group.getValue()));
        }
        return sum;
    }

    Duration working(DisqueJob job) {
        ClusterNode deliverer = cluster.at(job.node()).orElse(null);
        NoJobException unknown = null;
        for (ClusterNode first : cluster.inOrder(deliverer)) {
            try {
                return failover.on(
                        List.of(first),
                        Repeat.ALWAYS,
                        node -> node.connections().call(Commands.working(job.id())));
            } catch (NoJobException e) {
                unknown = unknown == null ? e : unknown;
            } catch (DisqueException e) {
                if (!e.helpsElsewhere()) {
                    throw e;
                }
            }
        }
        throw unknown != null
                ? unknown
                : new DisqueConnectionException(false, "no node could be asked about " + job.id(), null);
    }

    /** From the node that created the job, or the first that knows it. */
    Optional<JobDetails> show(DisqueJobId id) {
        List<ClusterNode> nodes =
                cluster.inOrder(cluster.creator(id.nodePrefix()).orElse(null));
        DisqueException failure = null;
        boolean asked = false;
        for (ClusterNode node : nodes) {
            try {
                Optional<JobDetails> answer = failover.on(
                        List.of(node), Repeat.ALWAYS, at -> at.connections().call(Commands.show(id)));
                if (answer.isPresent()) {
                    return answer;
                }
                asked = true;
            } catch (DisqueException e) {
                failure = e;
            }
        }
        if (failure != null && !asked) {
            throw failure;
        }
        return Optional.empty();
    }
}
