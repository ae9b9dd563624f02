// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import java.time.Duration;
import java.util.Optional;

/** What is to become of a message after a handler had it. Immutable and thread-safe. */
public sealed interface Result {
    /** It is done, and acknowledged. */
    record Success() implements Result {
        private static final Success SUCCESS = new Success();
    }

    /**
     * It comes again; this delivery counts. The error is reported.
     *
     * @param error why
     * @param backoff after how long, zero or more; empty for the consumer's own backoff
     */
    record Retry(Throwable error, Optional<Duration> backoff) implements Result {
        /** Checks the length of time. */
        public Retry {
            backoff.filter(Duration::isNegative).ifPresent(negative -> {
                throw new IllegalArgumentException("backoff " + negative + " is negative; give zero or more");
            });
        }
    }

    /**
     * It failed for good: it is acknowledged, and the error is reported.
     *
     * @param error why
     */
    record Discard(Throwable error) implements Result {}

    /**
     * The message is done.
     *
     * @return the result
     */
    static Result success() {
        return Success.SUCCESS;
    }

    /**
     * The message comes again, after the consumer's own backoff.
     *
     * @param error why
     * @return the result
     */
    static Result retry(Throwable error) {
        return new Retry(error, Optional.empty());
    }

    /**
     * The message comes again.
     *
     * @param error why
     * @param backoff after how long; zero or more. No thread waits meanwhile
     * @return the result
     */
    static Result retry(Throwable error, Duration backoff) {
        return new Retry(error, Optional.of(backoff));
    }

    /**
     * The message is acknowledged although it was not handled.
     *
     * @param error why
     * @return the result
     */
    static Result discard(Throwable error) {
        return new Discard(error);
    }
}
