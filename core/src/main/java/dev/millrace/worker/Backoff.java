// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import java.util.function.DoubleSupplier;

/**
 * How long to leave a failing broker alone: from 0.1 s, twice as long each time, up to 10 s; where the failure says that it
 * lasts, from 10 s up to 60 s. A fifth shorter or longer by chance, so that workers do not come back all at once. Not
 * thread-safe.
 */
final class Backoff {
    private static final long SECOND = 1_000_000_000L;

    private final DoubleSupplier chance;
    private int failures;

    Backoff(DoubleSupplier chance) {
        this.chance = chance;
    }

    /** The pause after another failure, in nanoseconds. */
    long after(Throwable error) {
        boolean lasting = error instanceof BrokerException broken && !broken.isPassing();
        long first = lasting ? 10 * SECOND : SECOND / 10;
        long longest = lasting ? 60 * SECOND : 10 * SECOND;
        long pause = Math.min(longest, first << Math.min(failures, 20));
        failures++;
        return (long) (pause * (0.8 + 0.4 * chance.getAsDouble()));
    }

    /** How often the broker failed since it last did not. */
    int failures() {
        return failures;
    }

    /** The broker works. */
    void reset() {
        failures = 0;
    }
}
