// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.time.Duration;

/**
 * How finely a broker's time can be tested. Immutable and thread-safe.
 *
 * @param unit a comfortable length for delays, leases and expiries; several ticks
 * @param tick how close to a moment the broker must still be on the right side of it
 * @param patience how long to wait for a job that must be there
 */
public record Timing(Duration unit, Duration tick, Duration patience) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if the unit is not at least four ticks long
     */
    public Timing {
        if (tick.isNegative() || tick.isZero() || unit.compareTo(tick.multipliedBy(4)) < 0) {
            throw new IllegalArgumentException("a unit of " + unit + " must be at least four ticks of " + tick);
        }
    }

    /**
     * For brokers whose clock is a {@link dev.millrace.testkit.ManualTime}: exact to a millisecond, and what is due is
     * there at once.
     *
     * @return units of a minute, ticks of a millisecond, no patience
     */
    public static Timing exact() {
        return new Timing(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ZERO);
    }

    /**
     * For brokers that live by the real clock.
     *
     * @param unit a length that the broker can measure
     * @return ticks of a quarter of that, and five seconds of patience
     */
    public static Timing real(Duration unit) {
        return new Timing(unit, unit.dividedBy(4), Duration.ofSeconds(5));
    }
}
