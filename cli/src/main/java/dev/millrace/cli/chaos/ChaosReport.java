// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.checker.Verdict;
import java.util.List;

/**
 * What came of it. Immutable.
 *
 * @param verdict what the diaries and the queue say
 * @param left how many accepted jobs were still in the queue, and nobody did them
 * @param longestGapNanos how long no job was handled, at most, while jobs were sent
 * @param troubles how often something was done to the broker's users or its server
 * @param complaints what went wrong by itself; with any of them the run is no proof
 */
public record ChaosReport(Verdict verdict, int left, long longestGapNanos, Troubles troubles, List<String> complaints) {
    /** Keeps the list. */
    public ChaosReport {
        complaints = List.copyOf(complaints);
    }

    /**
     * How often something was done.
     *
     * @param producersKilled processes that sent
     * @param workersKilled processes that worked
     * @param restarts of the server
     */
    public record Troubles(int producersKilled, int workersKilled, int restarts) {}

    /**
     * How many jobs were handled.
     *
     * @return accepted jobs that are neither lost nor left
     */
    public long done() {
        return verdict.counts().accepted() - verdict.lost().size() - left;
    }

    /**
     * Whether the broker has kept its word.
     *
     * @return true if nothing was lost or invented, all was done, and something was proven; what is done twice is no fault
     */
    public boolean isProof() {
        return verdict.lost().isEmpty()
                && verdict.unexpected().isEmpty()
                && complaints.isEmpty()
                && left == 0
                && verdict.counts().accepted() > 0;
    }
}
