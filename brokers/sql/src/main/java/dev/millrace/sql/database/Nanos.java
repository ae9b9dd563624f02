// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.time.Duration;
import java.time.Instant;

/** Moments as message tables have them: nanoseconds since 1970, UTC, in a BIGINT; enough until 2262. */
public final class Nanos {
    /** No moment: what a dead message has in the place of when it was acknowledged. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final long LATEST = Long.MAX_VALUE - 1;

    private Nanos() {}

    /**
     * A moment as a number.
     *
     * @param moment which; what is beyond the year 2262 is then, and what is before the year 1678 too
     * @return nanoseconds
     */
    public static long of(Instant moment) {
        if (moment.getEpochSecond() <= -LATEST / SECOND) {
            return -LATEST;
        }
        return moment.getEpochSecond() >= LATEST / SECOND
                ? LATEST
                : moment.getEpochSecond() * SECOND + moment.getNano();
    }

    /**
     * A number as a moment.
     *
     * @param nanos nanoseconds
     * @return the moment
     */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /**
     * A later moment.
     *
     * @param nanos from when
     * @param by how much later; what is beyond the year 2262 is then
     * @return nanoseconds
     */
    public static long plus(long nanos, Duration by) {
        return by.toSeconds() >= (LATEST - nanos) / SECOND ? LATEST : nanos + by.toNanos();
    }
}
