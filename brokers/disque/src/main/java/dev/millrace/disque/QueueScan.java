// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * Which queues of a node to look for (QSCAN). Immutable: each {@code with} gives another one.
 *
 * @param count how many the server looks at in one turn, a hint; 1 or more
 * @param minLength only queues with at least so many jobs; 0 for all
 * @param maxLength only queues with at most so many jobs; -1 for all
 * @param minImportRate only queues that get at least so many jobs a second from other nodes; 0 for all
 */
public record QueueScan(int count, long minLength, long maxLength, long minImportRate) {
    private static final int USUAL_COUNT = 100;

    /** Checks the values. */
    public QueueScan {
        Units.inRange("the count", count, 1, Integer.MAX_VALUE);
        if (minLength < 0 || maxLength < -1 || minImportRate < 0) {
            throw new IllegalArgumentException("a scan for lengths " + minLength + " to " + maxLength + ", import rate "
                    + minImportRate + "; give zero or more, or -1 for no maximal length");
        }
    }

    /**
     * All queues, a hundred a turn.
     *
     * @return what to look for
     */
    public static QueueScan all() {
        return new QueueScan(USUAL_COUNT, 0, -1, 0);
    }

    /**
     * How many the server looks at in one turn.
     *
     * @param queues 1 or more
     * @return the scan with it
     */
    public QueueScan withCount(int queues) {
        return new QueueScan(queues, minLength, maxLength, minImportRate);
    }

    /**
     * Only queues with at least so many jobs.
     *
     * @param jobs 0 or more
     * @return the scan with it
     */
    public QueueScan withMinLength(long jobs) {
        return new QueueScan(count, jobs, maxLength, minImportRate);
    }

    /**
     * Only queues with at most so many jobs.
     *
     * @param jobs 0 or more
     * @return the scan with it
     */
    public QueueScan withMaxLength(long jobs) {
        return new QueueScan(count, minLength, jobs, minImportRate);
    }

    /**
     * Only queues that get at least so many jobs a second from other nodes.
     *
     * @param jobs 0 or more
     * @return the scan with it
     */
    public QueueScan withMinImportRate(long jobs) {
        return new QueueScan(count, minLength, maxLength, jobs);
    }
}
