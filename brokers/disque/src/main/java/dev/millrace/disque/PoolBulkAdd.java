// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Failover.Repeat;
import java.util.ArrayList;
import java.util.List;

/** Offers many jobs to the best node, and to the next ones what that does not take but others may. */
record PoolBulkAdd(Cluster cluster, Failover failover, Repeat repeat) {
    List<AddResult> run(List<AddJob> jobs) {
        List<AddResult> results = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            results.add(AddResult.failed(new DisqueConnectionException(false, "no node was asked", null)));
            open.add(i);
        }
        for (ClusterNode node : cluster.inOrder()) {
            if (open.isEmpty()) {
                break;
            }
            List<AddResult> answers =
                    BulkAdd.run(node.connections(), open.stream().map(jobs::get).toList());
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                int index = open.get(i);
                results.set(index, answers.get(i));
                answers.get(i).error().filter(this::othersMayTakeIt).ifPresent(error -> {
                    failover.note(node, error);
                    left.add(index);
                });
            }
            open = left;
        }
        return results;
    }

    private boolean othersMayTakeIt(DisqueException error) {
        boolean unknown = error instanceof DisqueConnectionException lost && lost.mayHaveBeenExecuted();
        return error.helpsElsewhere() && (repeat == Repeat.ALWAYS || !unknown);
    }
}
