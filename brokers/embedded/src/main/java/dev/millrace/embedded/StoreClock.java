// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/*
 * The time of a store, in milliseconds since 1970. By default the machine's clock is read once and moved on by the
 * monotonic clock, so that somebody who sets the time of the machine moves no lease and no delay of a running broker.
 * And it never shows a moment before one that the store has seen: if the machine's clock was set back while the store
 * was closed, time goes on from there, and nothing due then waits twice.
 */
final class StoreClock {
    private final @Nullable InstantSource source;
    private final long originMillis;
    private final long originNanos;

    private StoreClock(@Nullable InstantSource source, long originMillis) {
        this.source = source;
        this.originMillis = originMillis;
        this.originNanos = nanos();
    }

    /**
     * @param source a clock for tests, or null for the machine's
     * @param earliest the last moment that the store has seen
     */
    static StoreClock of(@Nullable InstantSource source, long earliest) {
        if (source == null) {
            return new StoreClock(null, Math.max(InstantSource.system().millis(), earliest));
        }
        return new StoreClock(source, Math.max(0, earliest - source.millis()));
    }

    /** The monotonic clock: for lengths of time only. */
    static long nanos() {
        return System.nanoTime();
    }

    long millis() {
        InstantSource given = source;
        return given == null ? originMillis + (nanos() - originNanos) / 1_000_000 : given.millis() + originMillis;
    }

    /** Whether its time passes as that of the threads does. */
    boolean isReal() {
        return source == null;
    }
}
