// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * {@link RetryPolicy#exponential}. The jitter comes from the job's id and the number of the attempt, not from chance: jobs
 * spread just as well, and the same failure always gets the same delay.
 */
record ExponentialDelay(Duration first, Duration longest) implements RetryPolicy {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    ExponentialDelay {
        if (first.toMillis() < 1) {
            throw new IllegalArgumentException("first retry delay " + first + " is out of range; give 1 ms or more");
        }
        if (longest.compareTo(first) < 0 || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longest retry delay " + longest + " is out of range; give " + first
                    + " (the first) to " + LONGEST.toDays() + " days");
        }
    }

    @Override
    public Optional<Duration> delayAfter(Failure failure) {
        long most = longest.toMillis();
        int doublings = Math.max(0, failure.attempt() - 1);
        long millis = doublings < Long.numberOfLeadingZeros(first.toMillis()) - 1
                ? Math.min(most, first.toMillis() << doublings)
                : most;
        double jitter = 0.8 + 0.4 * chance(failure);
        return Optional.of(Duration.ofMillis(Math.max(1, Math.round(millis * jitter))));
    }

    /** A number from 0 up to 1 that looks like chance: the last steps of SplittableRandom over id and attempt. */
    private static double chance(Failure failure) {
        long mixed = failure.id().hashCode() * 0x9E3779B97F4A7C15L + failure.attempt();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
