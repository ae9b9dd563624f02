// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits for something to change. To ring costs a read when nobody waits.
 *
 * <p>How: whoever waits says so, and only then looks a last time; whoever changes something rings after that. So one of the two
 * sees the other.
 */
final class Bell {
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

    /** Something changed; any thread. */
    void ring() {
        Thread thread = waiting.get();
        if (thread != null && waiting.compareAndSet(thread, null)) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until something holds, a deadline has passed, or the thread is interrupted; returns whether it holds. */
    boolean await(BooleanSupplier condition, long deadline) {
        while (!condition.getAsBoolean()) {
            waiting.set(Thread.currentThread());
            long left = deadline - Nanos.now();
            if (condition.getAsBoolean()) {
                break;
            }
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                waiting.set(null);
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        waiting.set(null);
        return true;
    }
}
