// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides whether a job is tried again after a failed attempt, and when. Thread-safe. A policy that throws is logged, and
 * {@link #standard()} decides in its place.
 */
@FunctionalInterface
public interface RetryPolicy {
    /**
     * Decides.
     *
     * @param failure what happened
     * @return how long to wait before the next attempt, zero or more; empty gives up: the job becomes a dead letter
     */
    Optional<Duration> delayAfter(Failure failure);

    /**
     * The last attempt, where it is known beforehand. A job that comes again with a higher number has used its attempts up
     * without a word, most likely by killing its worker each time: it goes to the dead letters without being tried again.
     *
     * @return its number, or empty if this policy decides after each failure
     */
    default OptionalInt lastAttempt() {
        return OptionalInt.empty();
    }

    /**
     * What a worker does if nothing else is said: {@link #exponential} from 1 second to 1 hour, 25 attempts in all,
     * which takes about 13 hours.
     *
     * @return the policy
     */
    static RetryPolicy standard() {
        return exponential(Duration.ofSeconds(1), Duration.ofHours(1)).upTo(25);
    }

    /**
     * Waits twice as long after each failure, for ever. Each delay is up to a fifth shorter or longer, by job and attempt,
     * so that jobs that failed together do not come back together.
     *
     * @param first the delay after the first attempt; 1 ms or more
     * @param longest no delay is longer, before that fifth; at least {@code first}
     * @return the policy
     * @throws IllegalArgumentException if a delay is out of range
     */
    static RetryPolicy exponential(Duration first, Duration longest) {
        return new ExponentialDelay(first, longest);
    }

    /**
     * Waits as long after each failure, for ever.
     *
     * @param delay how long; zero or more
     * @return the policy
     * @throws IllegalArgumentException if the delay is negative
     */
    static RetryPolicy fixed(Duration delay) {
        return new FixedDelay(delay);
    }

    /**
     * Gives up after the first failure.
     *
     * @return the policy
     */
    static RetryPolicy never() {
        return fixed(Duration.ZERO).upTo(1);
    }

    /**
     * The same policy with a last attempt.
     *
     * @param attempts how many attempts in all; 1 or more
     * @return a new policy that gives up after that many, or earlier if this one does
     * @throws IllegalArgumentException if there is to be no attempt
     */
    default RetryPolicy upTo(int attempts) {
        return new LimitedAttempts(this, attempts);
    }
}
