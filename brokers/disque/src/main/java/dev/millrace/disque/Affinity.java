// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Where the jobs of a consumer were created. A job that was created elsewhere has been handed over from node to node, so it
 * pays to be where most of them come from. It decides after each WINDOW of jobs, and only for more than half of them, so that
 * a consumer does not wander between two nodes that are equally busy.
 */
final class Affinity {
    static final int WINDOW = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> counts = new HashMap<>();
    private int counted;

    /** The prefix that more than half of the last jobs have, once there are enough of them. */
    Optional<String> received(List<DisqueJob> jobs) {
        lock.lock();
        try {
            for (DisqueJob job : jobs) {
                counts.merge(job.id().nodePrefix(), 1, Integer::sum);
                counted++;
            }
            if (counted < WINDOW) {
                return Optional.empty();
            }
            Optional<String> most = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() * 2 > counted)
                    .map(Map.Entry::getKey)
                    .findFirst();
            counts.clear();
            counted = 0;
            return most;
        } finally {
            lock.unlock();
        }
    }
}
