// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one receiver. A ring that nobody waited for ends the next wait at once. Thread-safe. */
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean rings;
    private boolean waits;

    /** Rings; whether somebody was woken by that who was still waiting. */
    boolean ring() {
        lock.lock();
        try {
            boolean wakes = waits && !rings;
            rings = true;
            rung.signalAll();
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits who has not been woken. */
    boolean isAwaited() {
        lock.lock();
        try {
            return waits && !rings;
        } finally {
            lock.unlock();
        }
    }

    /** Waits; true if it rang. */
    boolean await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waits = true;
            long left = nanos;
            while (!rings && left > 0) {
                left = rung.awaitNanos(left);
            }
            boolean woken = rings;
            rings = false;
            return woken;
        } finally {
            waits = false;
            lock.unlock();
        }
    }
}
