// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of one queue that were received ahead of free places, the oldest first. Taken by whatever thread has a place for one; what
 * waits too long, because handlers became slow, goes back to the broker for others. Thread-safe; only the taker adds.
 */
final class Backlog {
    /** No job waits longer here, by no more than the watchman's pause. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Bell room;
    private volatile int enough;
    private volatile boolean closed;

    /** Rings when there is no longer enough. */
    Backlog(Bell room) {
        this.room = room;
    }

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    /** With more than so many the bell keeps silent. */
    void enough(int jobs) {
        enough = jobs;
    }

    void add(Attempt attempt) {
        size.getAndIncrement();
        attempts.add(attempt);
    }

    /** The next one, or null. */
    @Nullable
    Attempt poll() {
        Attempt next = attempts.poll();
        if (next != null) {
            removed();
        }
        return next;
    }

    private void removed() {
        if (size.decrementAndGet() <= enough) {
            room.ring();
        }
    }

    /** The oldest, if it has waited too long or this is closed; when to ask again is {@link #nextStale}. */
    @Nullable
    Attempt pollStale(long now) {
        Attempt oldest = attempts.peek();
        while (oldest != null && (closed || staleAt(oldest) - now <= 0)) {
            if (attempts.remove(oldest)) {
                removed();
                return oldest;
            }
            oldest = attempts.peek();
        }
        return null;
    }

    /** When the oldest will have waited too long. */
    long nextStale(long now) {
        Attempt oldest = attempts.peek();
        return oldest == null ? now + Nanos.FOREVER : staleAt(oldest);
    }

    /** In time for its lease to be renewed after that, should it start in the last moment. */
    static long staleAt(Attempt waiting) {
        long renewAt = waiting.lease().renewAt();
        long longest = waiting.begun() + Nanos.of(LONGEST);
        return renewAt - longest < 0 ? renewAt : longest;
    }

    /** From now on everything in here has waited too long. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
