// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs of a node to look for (JSCAN). Immutable: each {@code with} gives another one.
 *
 * @param count how many the server looks at in one turn, a hint; 1 or more
 * @param queue only jobs of this queue; empty for all
 * @param states only jobs in one of these states; empty for all
 */
public record JobScan(int count, Optional<DisqueQueue> queue, Set<JobState> states) {
    private static final int USUAL_COUNT = 100;

    /** Checks and copies the values. */
    public JobScan {
        Units.inRange("the count", count, 1, Integer.MAX_VALUE);
        states = Set.copyOf(states);
    }

    /**
     * All jobs, a hundred a turn.
     *
     * @return what to look for
     */
    public static JobScan all() {
        return new JobScan(USUAL_COUNT, Optional.empty(), Set.of());
    }

    /**
     * How many the server looks at in one turn.
     *
     * @param jobs 1 or more
     * @return the scan with it
     */
    public JobScan withCount(int jobs) {
        return new JobScan(jobs, queue, states);
    }

    /**
     * Only jobs of a queue.
     *
     * @param name the queue
     * @return the scan with it
     */
    public JobScan withQueue(String name) {
        return new JobScan(count, Optional.of(DisqueQueue.of(name)), states);
    }

    /**
     * Only jobs of a queue.
     *
     * @param name the queue
     * @return the scan with it
     */
    public JobScan withQueue(DisqueQueue name) {
        return new JobScan(count, Optional.of(name), states);
    }

    /**
     * Only jobs in one of some states.
     *
     * @param wanted the states
     * @return the scan with it
     */
    public JobScan withStates(JobState... wanted) {
        return new JobScan(count, queue, Set.of(wanted));
    }
}
