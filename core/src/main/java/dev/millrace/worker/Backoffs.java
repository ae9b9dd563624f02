// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks the retry policy, which may be anybody's code, and takes the standard one's word where it makes no sense: also of null. */
final class Backoffs {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final RetryPolicy policy;
    private final RetryPolicy standard = RetryPolicy.standard();
    private final Announcer announcer;
    private final AtomicBoolean complained = new AtomicBoolean();

    Backoffs(RetryPolicy policy, Announcer announcer) {
        this.policy = policy;
        this.announcer = announcer;
    }

    /** The same delay, if a broker can write it down: at most a century. */
    static Duration bounded(Duration delay) {
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    Optional<Duration> delayAfter(Failure failure) {
        try {
            Optional<Duration> delay = policy.delayAfter(failure);
            if (delay.isPresent() && delay.get().isNegative()) {
                throw new IllegalStateException("the retry policy answered " + delay);
            }
            return delay.map(Backoffs::bounded);
        } catch (RuntimeException | Error e) {
            announcer.once(
                    complained,
                    "the retry policy failed; the standard one decides in its place, and this is not logged again",
                    e);
            return standard.delayAfter(failure);
        }
    }
}
