// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a delivery is ours, by our own stopwatch.
 *
 * <p>The broker may say when the lease ends, by its clock; it may have given another length than was asked, and its clock
 * may differ from ours. So the shorter of the two decides when to renew, and the longer, twice, when it surely is over.
 * Touched by one thread at a time: the taker makes it, the renewer renews it, the settler asks when it is over.
 */
final class Lease {
    private static final long SHORTEST_PAUSE = 5_000_000;

    private final long asked;
    private volatile long renewAt;
    private volatile long overAt;

    Lease(long asked, @Nullable Instant until, long now, long nowMillis) {
        this.asked = asked;
        renewed(until, now, nowMillis);
    }

    /** The lease begins again. */
    void renewed(@Nullable Instant until, long now, long nowMillis) {
        long said = until == null ? asked : Math.min(Nanos.FOREVER / 4, millisUntil(until, nowMillis) * 1_000_000);
        long shorter = said > 0 ? Math.min(asked, said) : asked;
        renewAt = now + Math.max(SHORTEST_PAUSE, shorter / 3);
        overAt = now + 2 * Math.max(asked, said);
    }

    private static long millisUntil(Instant until, long nowMillis) {
        long longest = Nanos.FOREVER / 4_000_000;
        long seconds = until.getEpochSecond() - nowMillis / 1_000;
        return Math.abs(seconds) > longest / 1_000 ? longest : until.toEpochMilli() - nowMillis;
    }

    /** A renewal failed: when to try again. */
    void notRenewed(long now) {
        renewAt = now + Math.max(SHORTEST_PAUSE, asked / 10);
    }

    /** When to renew. */
    long renewAt() {
        return renewAt;
    }

    /** When it is over, whatever the clocks say. */
    long overAt() {
        return overAt;
    }
}
