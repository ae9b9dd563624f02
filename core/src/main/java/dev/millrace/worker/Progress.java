// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has moved lately in one queue, for {@link Health}. Written by the taker and the settlers, each its own fields; read by
 * anybody.
 */
final class Progress {
    private static final long NEVER = Long.MIN_VALUE;

    private volatile long lastReceive = NEVER;
    private volatile long lastSettle = NEVER;
    private volatile long receivingSince = NEVER;
    private volatile long settlingSince = NEVER;
    private volatile @Nullable RuntimeException receiveError;
    private volatile @Nullable RuntimeException settleError;
    private volatile @Nullable String lastError;

    /** A call to receive begins. */
    void receiving(long now) {
        receivingSince = now;
    }

    /** It is over, well or not. */
    void notReceiving() {
        receivingSince = NEVER;
    }

    void received(long nowMillis) {
        lastReceive = nowMillis;
        receiveError = null;
    }

    void receiveFailed(RuntimeException error) {
        receiveError = error;
        lastError = Texts.of(error);
    }

    /** A call to settle begins. */
    void settling(long now) {
        settlingSince = now;
    }

    /** It is over, well or not. */
    void notSettling() {
        settlingSince = NEVER;
    }

    void settled(long nowMillis) {
        lastSettle = nowMillis;
        settleError = null;
    }

    void settleFailed(RuntimeException error) {
        settleError = error;
        lastError = Texts.of(error);
    }

    /** How it goes, if the worker neither drains nor has stopped; a call may take as long as given. */
    Health.Status status(long now, long longestReceive, long longestSettle) {
        if (silence(now, longestReceive, longestSettle) > 0 || lasting(receiveError) || lasting(settleError)) {
            return Health.Status.STUCK;
        }
        return receiveError != null || settleError != null ? Health.Status.RECOVERING : Health.Status.RUNNING;
    }

    /** How long a call has had no answer, if that is longer than it may take; else 0. */
    long silence(long now, long longestReceive, long longestSettle) {
        return Math.max(beyond(receivingSince, now, longestReceive), beyond(settlingSince, now, longestSettle));
    }

    private static long beyond(long since, long now, long allowed) {
        return since != NEVER && now - since > allowed ? now - since : 0;
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
