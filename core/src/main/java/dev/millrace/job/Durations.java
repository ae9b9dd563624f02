// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import java.time.Duration;

/** The rules for lengths of time that users give. */
final class Durations {
    /** Anything longer is a mistake, and would overflow a clock in milliseconds. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    static Duration notNegative(String what, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + value + " is out of range; give 0 to " + LONGEST.toDays() + " days");
        }
        return value;
    }

    static Duration positive(String what, Duration value) {
        if (value.isZero()) {
            throw new IllegalArgumentException(what + " is zero; give a length of time above zero");
        }
        return notNegative(what, value);
    }
}
