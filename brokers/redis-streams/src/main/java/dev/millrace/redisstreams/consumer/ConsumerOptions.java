// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.groups.GroupTerms;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a consumer was told, checked. Not thread-safe: for its builder. */
final class ConsumerOptions {
    private static final Duration SHORTEST_PENDING = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private @Nullable String group;
    private @Nullable String consumer;
    private GroupStart start = GroupStart.EVERYTHING;
    private Duration readTimeout = Duration.ZERO;
    private Duration handlerTimeout = Duration.ZERO;
    private Duration pendingTimeout = Duration.ofSeconds(30);
    private Duration claimInterval = Duration.ofSeconds(10);
    private int maxRetry = -1;
    private int concurrency = 1;
    private int bufferSize;
    private int networkRetry = -1;
    private RetryPolicy backoff = RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(10));

    private static Duration notNegative(String what, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + value + " is out of range; give 0 to " + LONGEST.toDays() + " days");
        }
        return value;
    }

    private static String name(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the name of the " + what + " is blank; give one");
        }
        return value;
    }

    void group(String name) {
        group = name("group", name);
    }

    void consumer(String name) {
        consumer = name("consumer", name);
    }

    void start(GroupStart where) {
        start = where;
    }

    void readTimeout(Duration length) {
        readTimeout = notNegative("read timeout", length);
    }

    void handlerTimeout(Duration length) {
        handlerTimeout = notNegative("handler timeout", length);
    }

    void pendingTimeout(Duration length) {
        if (length.compareTo(SHORTEST_PENDING) < 0) {
            throw new IllegalArgumentException("pending timeout " + length + " is out of range; give "
                    + SHORTEST_PENDING.toMillis() + " ms or more");
        }
        pendingTimeout = notNegative("pending timeout", length);
    }

    void claimInterval(Duration length) {
        claimInterval = notNegative("claim interval", length);
    }

    void maxRetry(int retries) {
        maxRetry = retries;
    }

    void concurrency(int handlers) {
        if (handlers < 0 || handlers > Worker.MAX_CONCURRENCY) {
            throw new IllegalArgumentException("concurrency " + handlers + " is out of range; give 0, which is the same"
                    + " as 1, to " + Worker.MAX_CONCURRENCY);
        }
        concurrency = Math.max(1, handlers);
    }

    void bufferSize(int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("buffer size " + messages + " is out of range; give 0 or more");
        }
        bufferSize = messages;
    }

    void networkRetry(int retries) {
        networkRetry = retries;
    }

    void backoff(Duration first, Duration longest) {
        backoff = RetryPolicy.exponential(first, longest);
    }

    GroupTerms terms() {
        if (group == null || consumer == null) {
            throw new IllegalArgumentException(
                    "a consumer needs group(name) and consumer(name), a name of its own in it"
                            + " that stays the same when it is started again");
        }
        return new GroupTerms(
                group,
                consumer,
                start,
                new GroupTerms.Reading(readTimeout, bufferSize),
                new GroupTerms.Claiming(pendingTimeout, claimInterval));
    }

    boolean isLimited() {
        return !handlerTimeout.isZero();
    }

    Duration handlerLimit() {
        return isLimited() ? handlerTimeout : LONGEST;
    }

    Duration pendingTimeout() {
        return pendingTimeout;
    }

    int maxRetry() {
        return maxRetry;
    }

    int concurrency() {
        return concurrency;
    }

    int networkRetry() {
        return networkRetry;
    }

    RetryPolicy backoff() {
        return backoff;
    }
}
