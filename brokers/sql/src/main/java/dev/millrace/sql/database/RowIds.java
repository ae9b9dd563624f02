// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/*
 *   42 bits   milliseconds since the beginning of 2020, until 2159
 *   13 bits   who numbers: different for different processes
 *    8 bits   counts within a millisecond; what does not fit is taken from the next one
 *
 * A number is never given twice, also if the clock goes back: it is always at least one more than the last.
 */
/** Numbers of rows, in the order of time, and different from those of other processes. Thread-safe. */
public final class RowIds {
    /** How many may number at once: their own numbers are below this. */
    public static final int MOST_NODES = 1 << 13;

    private static final long BEGINNING = 1_577_836_800_000L;
    private static final int COUNT_BITS = 8;
    private static final int NODE_BITS = 13;
    private static final long COUNTS = 1L << COUNT_BITS;

    private final InstantSource clock;
    private volatile long node;
    /** Milliseconds and count, without the node. */
    private final AtomicLong last = new AtomicLong();

    /**
     * Begins numbering.
     *
     * @param clock how late it is
     * @param node who numbers: 0 or more, below {@link #MOST_NODES}
     */
    public RowIds(InstantSource clock, int node) {
        this.clock = clock;
        this.node = checked(node);
    }

    private static int checked(int node) {
        if (node < 0 || node >= MOST_NODES) {
            throw new IllegalArgumentException("node " + node + " is out of range; give 0 to " + (MOST_NODES - 1));
        }
        return node;
    }

    /**
     * Numbers as another from now on, because somebody else numbers as this one.
     *
     * @param other who numbers: 0 or more, below {@link #MOST_NODES}
     */
    public void renumber(int other) {
        node = checked(other);
    }

    /**
     * Gives a number.
     *
     * @return above 0
     */
    public long next() {
        long now = Math.max(1, clock.millis() - BEGINNING) << COUNT_BITS;
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        long millis = tick >>> COUNT_BITS;
        return (millis << (COUNT_BITS + NODE_BITS)) | (node << COUNT_BITS) | (tick & (COUNTS - 1));
    }
}
