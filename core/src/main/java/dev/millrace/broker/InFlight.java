// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Many servers do not know deliveries, only jobs; so it is here that one is told from the next, and that a lease which has
 * ended is known as such. Leases end by a clock that a test may turn, so whoever waits for room looks at it now and then.
 */
/** The deliveries that a receiver holds, by their numbers: for brokers whose server keeps no such account. Thread-safe. */
public final class InFlight {
    private static final long LOOK_MILLIS = 20;

    private final int max;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Instant> leaseEnds = new HashMap<>();
    private long last;
    private boolean closed;

    /**
     * An account without deliveries.
     *
     * @param max how many there may be: {@link Subscription#maxInFlight()}
     * @param clock by which leases end
     */
    public InFlight(int max, InstantSource clock) {
        this.max = max;
        this.clock = clock;
    }

    /**
     * Waits until there may be another delivery. What lies over its lease does not count.
     *
     * @param nanos for how long at most
     * @return how many more there may be; 0 if time ran out, or for good when it was closed
     * @throws InterruptedException if the thread was interrupted
     */
    public int awaitRoom(long nanos) throws InterruptedException {
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

    /**
     * A delivery begins.
     *
     * @param leaseEnd when its lease ends
     * @return its number, 1 or more
     */
    public long begin(Instant leaseEnd) {
        lock.lock();
        try {
            last++;
            leaseEnds.put(last, leaseEnd);
            return last;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the lease of a delivery goes on.
     *
     * @param number of the delivery
     * @return false if it has ended, or was settled
     */
    public boolean holds(long number) {
        lock.lock();
        try {
            Instant end = leaseEnds.get(number);
            return end != null && end.isAfter(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The lease of a delivery ends at another time.
     *
     * @param number of the delivery; one that is not held stays so
     * @param leaseEnd when
     */
    public void extend(long number, Instant leaseEnd) {
        lock.lock();
        try {
            leaseEnds.computeIfPresent(number, (key, end) -> leaseEnd);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A delivery was settled.
     *
     * @param number of the delivery
     */
    public void end(long number) {
        lock.lock();
        try {
            leaseEnds.remove(number);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for room any more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
