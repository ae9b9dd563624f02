// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.publisher.PublisherOptions.Retrying;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How long to wait after a failure. Thread-safe. */
final class Pauses {
    private static final int MOST_DOUBLINGS = 40;

    private final Retrying retrying;
    private final DoubleSupplier chance;

    Pauses(Retrying retrying, DoubleSupplier chance) {
        this.retrying = retrying;
        this.chance = chance;
    }

    /** The pause after so many failures; empty if that was enough. */
    Optional<Duration> after(int failures) {
        if (retrying.retries() >= 0 && failures > retrying.retries()) {
            return Optional.empty();
        }
        long longest = retrying.longest().toMillis();
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        long first = retrying.first().toMillis();
        long pause = first > longest >> doublings ? longest : first << doublings;
        return Optional.of(Duration.ofMillis((long) (pause * (0.8 + 0.4 * chance.getAsDouble()))));
    }
}
