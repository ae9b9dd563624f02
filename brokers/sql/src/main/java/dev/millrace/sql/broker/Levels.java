// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.Job;

/** Priorities as the table has them: the lower goes first, in tens, and 50 is that of jobs that ask for none. */
final class Levels {
    private static final int STEP = 10;

    private Levels() {}

    static int of(Job job) {
        return (Job.HIGHEST_PRIORITY - job.priority()) * STEP;
    }
}
