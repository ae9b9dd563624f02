// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import java.time.Duration;

/** Says how long something takes; the one place here that reads the clock of the machine. Thread-safe. */
public final class Stopwatch {
    private final long started = System.nanoTime();

    private Stopwatch() {}

    /**
     * Starts one.
     *
     * @return a stopwatch that runs
     */
    public static Stopwatch start() {
        return new Stopwatch();
    }

    /**
     * How long it has run.
     *
     * @return nanoseconds
     */
    public long nanos() {
        return System.nanoTime() - started;
    }

    /**
     * How long it has run.
     *
     * @return seconds
     */
    public double seconds() {
        return nanos() / 1e9;
    }

    /**
     * How long it has run.
     *
     * @return the length of time
     */
    public Duration elapsed() {
        return Duration.ofNanos(nanos());
    }
}
