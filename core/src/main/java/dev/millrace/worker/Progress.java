// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has moved lately in one queue, for {@link Health}. Written by the taker and the settlers; read by anybody. */
final class Progress {
    private static final long NEVER = Long.MIN_VALUE;

    private volatile long lastReceive = NEVER;
    private volatile long lastSettle = NEVER;
    private volatile @Nullable RuntimeException receiveError;
    private volatile @Nullable RuntimeException settleError;
    private volatile @Nullable String lastError;

    void received(long nowMillis) {
        lastReceive = nowMillis;
        receiveError = null;
    }

    void receiveFailed(RuntimeException error) {
        receiveError = error;
        lastError = Texts.of(error);
    }

    void settled(long nowMillis) {
        lastSettle = nowMillis;
        settleError = null;
    }

    void settleFailed(RuntimeException error) {
        settleError = error;
        lastError = Texts.of(error);
    }

    /** How it goes, if the worker neither drains nor has stopped, and whether the broker has no answer for too long. */
    Health.Status status(boolean silent) {
        if (silent || lasting(receiveError) || lasting(settleError)) {
            return Health.Status.STUCK;
        }
        return receiveError != null || settleError != null ? Health.Status.RECOVERING : Health.Status.RUNNING;
    }

    private static boolean lasting(@Nullable RuntimeException error) {
        return error instanceof BrokerException failure && !failure.isPassing();
    }

    Optional<Instant> lastReceive() {
        return instant(lastReceive);
    }

    Optional<Instant> lastSettle() {
        return instant(lastSettle);
    }

    Optional<String> lastError() {
        return Optional.ofNullable(lastError);
    }

    private static Optional<Instant> instant(long millis) {
        return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
