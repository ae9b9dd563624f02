// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;

/**
 * Says how many jobs to receive ahead of free places: as many as were settled lately in a short while, so that a place waits for
 * no broker and a job not long for a place. Quick handlers get hundreds, slow ones none. Used by one thread.
 *
 * <p>How: it measures over some milliseconds at least. Jobs are settled in batches, so that a short time sees many or none: more
 * counts at once, fewer only halves it.
 */
final class Foresight {
    /** The work of so long is received ahead. */
    private static final long SPAN = Nanos.of(Duration.ofMillis(25));

    /** A shorter time tells nothing. */
    private static final long SHORTEST = Nanos.of(Duration.ofMillis(4));

    private final int most;
    private long since;
    private long settledThen;
    private int ahead;

    /** At most so many; 0 for none. */
    Foresight(int most, long now) {
        this.most = most;
        this.since = now;
    }

    /** So many jobs were settled until now; returns how many to receive ahead. */
    int look(long settled, long now) {
        long elapsed = now - since;
        if (elapsed >= SHORTEST) {
            double count = Math.max(0, settled - settledThen);
            int seen = (int) Math.min(most, count * SPAN / elapsed);
            ahead = elapsed > SPAN ? seen : Math.max(seen, ahead / 2);
            since = now;
            settledThen = settled;
        }
        return ahead;
    }
}
