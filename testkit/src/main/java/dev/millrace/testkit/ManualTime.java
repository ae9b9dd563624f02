// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is told to move, so that a test of an hour's delay takes no time. Thread-safe.
 *
 * <p>It wakes nobody: whoever waits for a moment on real threads does not see it move until it looks again.
 */
public final class ManualTime implements InstantSource {
    /** Where the clock stands if nothing else is said: the beginning of 2026, UTC. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> present;

    /** A clock that stands at {@link #BEGINNING}. */
    public ManualTime() {
        this(BEGINNING);
    }

    /**
     * A clock that stands at a moment of your own.
     *
     * @param present where it stands
     */
    public ManualTime(Instant present) {
        this.present = new AtomicReference<>(present);
    }

    @Override
    public Instant instant() {
        return present.get();
    }

    /**
     * Moves the clock on.
     *
     * @param by how far; zero or more
     * @throws IllegalArgumentException if it is negative; {@link #set} goes back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("cannot advance by " + by + "; use set(Instant) to go back");
        }
        present.updateAndGet(now -> now.plus(by));
    }

    /**
     * Moves the clock to a moment, also back, as a clock on a bad day does.
     *
     * @param moment where it stands from now on
     */
    public void set(Instant moment) {
        present.set(moment);
    }

    @Override
    public String toString() {
        return "ManualTime[" + present + "]";
    }
}
