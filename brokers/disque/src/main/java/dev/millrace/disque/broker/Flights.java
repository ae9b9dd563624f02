// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/*
 * What a receiver holds, by the numbers of its deliveries. The server does not know deliveries, only jobs; so it is here
 * that one is told from the next, and that a lease which has ended is known as such. Thread-safe.
 */
final class Flights {
    private static final long LOOK_MILLIS = 20;

    private final int max;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Instant> leaseEnds = new HashMap<>();
    private long last = DisqueTag.AT_MOST_ONCE;
    private boolean closed;

    Flights(int max, InstantSource clock) {
        this.max = max;
        this.clock = clock;
    }

    /** How many more there may be; waits for one, then 0. What lies over its lease does not count. */
    int awaitRoom(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!closed && held() >= max && left > 0) {
                long look = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
                left -= look - Math.max(0, changed.awaitNanos(look));
            }
            return closed ? 0 : Math.max(0, max - held());
        } finally {
            lock.unlock();
        }
    }

    private int held() {
        Instant now = clock.instant();
        leaseEnds.values().removeIf(end -> !end.isAfter(now));
        return leaseEnds.size();
    }

    /** A delivery begins; its number. */
    long begin(Instant leaseEnd) {
        lock.lock();
        try {
            last++;
            leaseEnds.put(last, leaseEnd);
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Whether its lease goes on. */
    boolean holds(long number) {
        lock.lock();
        try {
            Instant end = leaseEnds.get(number);
            return end != null && end.isAfter(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    void extend(long number, Instant leaseEnd) {
        lock.lock();
        try {
            leaseEnds.computeIfPresent(number, (key, end) -> leaseEnd);
        } finally {
            lock.unlock();
        }
    }

    void end(long number) {
        lock.lock();
        try {
            leaseEnds.remove(number);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for room any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
