// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a receiver waits before it looks again: twice as long each time that it finds nothing. For one thread. */
final class Patience {
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(5);

    private final long longest;
    private long next;

    Patience(Duration poll) {
        this.longest = poll.toNanos();
        this.next = Math.min(SHORTEST, longest);
    }

    /** Something happened: more may follow soon. */
    void found() {
        next = Math.min(SHORTEST, longest);
    }

    /** Nothing was found; how long to wait if it is known when something will be there. */
    long nanosUntil(long due, long now) {
        long wait = next;
        next = Math.min(2 * next, longest);
        return due > now ? Math.min(wait, due - now) : wait;
    }
}
