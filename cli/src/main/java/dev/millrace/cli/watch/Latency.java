// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long something took, many times. Immutable and thread-safe.
 *
 * @param p50 half of them took at most this, in nanoseconds
 * @param p99 all but one of a hundred took at most this, in nanoseconds
 */
public record Latency(long p50, long p99) {
    /**
     * Sorts and picks.
     *
     * @param nanos how long each took; at least one
     * @return the two percentiles
     */
    public static Latency of(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(at(sorted, 50), at(sorted, 99));
    }

    private static long at(long[] sorted, int percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }

    /** Such as {@code 0.31 ms / 0.92 ms}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f ms / %.2f ms", p50 / 1e6, p99 / 1e6);
    }
}
