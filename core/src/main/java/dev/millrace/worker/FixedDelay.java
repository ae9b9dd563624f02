// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Optional;

/** {@link RetryPolicy#fixed}. */
record FixedDelay(Duration delay) implements RetryPolicy {
    FixedDelay {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("retry delay " + delay + " is negative; give zero or more");
        }
    }

    @Override
    public Optional<Duration> delayAfter(Failure failure) {
        return Optional.of(delay);
    }
}
