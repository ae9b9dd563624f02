// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.time.Instant;
import java.time.InstantSource;

/*
 * Wall-clock time that neither jumps nor goes back: read once, then moved on by the monotonic clock. Somebody who sets
 * the clock of the machine moves no lease and no delay of a running broker.
 */
final class SteadyClock implements InstantSource {
    private final long originMillis;
    private final long originNanos;

    SteadyClock() {
        originMillis = InstantSource.system().millis();
        originNanos = nanos();
    }

    /** The monotonic clock: for lengths of time only. */
    static long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return originMillis + (nanos() - originNanos) / 1_000_000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
