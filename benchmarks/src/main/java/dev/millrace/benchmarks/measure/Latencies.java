// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.util.Arrays;

/** How long things took; every value is kept. Not thread-safe. */
public final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    /** Adds one. */
    public void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = time;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The time within which this share of all was done, in microseconds. */
    public double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.max(rank, 1) - 1] / 1000.0;
    }
}
