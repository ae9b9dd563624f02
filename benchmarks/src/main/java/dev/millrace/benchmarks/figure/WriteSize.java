// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Own;
import dev.millrace.benchmarks.store.JobStore.Lane;
import dev.millrace.benchmarks.store.MillraceStore;

/** How many bytes Millrace writes to store one job, so that a bare loop can write as many. */
final class WriteSize {
    private static final int JOBS = 200;

    private WriteSize() {}

    static int ofOneJob(MillraceStore store) throws Exception {
        try (Lane lane = store.lane()) {
            for (int i = 0; i < JOBS; i++) {
                lane.enqueue(1);
            }
            long before = Own.written();
            for (int i = 0; i < JOBS; i++) {
                lane.enqueue(1);
            }
            int bytes = (int) ((Own.written() - before) / JOBS);
            lane.finish(2 * JOBS);
            return bytes;
        }
    }
}
