// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;

/** Measures how long things take: the one class here that asks the machine. What time of day it is says an InstantSource. */
final class Nanos {
    /** Later than anything, and far from overflowing when added to a reading. */
    static final long FOREVER = Long.MAX_VALUE / 4;

    private Nanos() {}

    /** A reading; only the difference of two says something. */
    static long now() {
        return System.nanoTime();
    }

    /** A length of time, cut to {@link #FOREVER}. */
    static long of(Duration length) {
        return length.toSeconds() >= FOREVER / 1_000_000_000 ? FOREVER : length.toNanos();
    }
}
