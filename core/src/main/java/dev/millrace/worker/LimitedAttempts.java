// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** {@link RetryPolicy#upTo}. */
record LimitedAttempts(RetryPolicy policy, int attempts) implements RetryPolicy {
    LimitedAttempts {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + " is out of range; give 1 or more");
        }
    }

    @Override
    public OptionalInt lastAttempt() {
        return OptionalInt.of(Math.min(attempts, policy.lastAttempt().orElse(attempts)));
    }

    @Override
    public Optional<Duration> delayAfter(Failure failure) {
        return failure.attempt() >= attempts ? Optional.empty() : policy.delayAfter(failure);
    }
}
