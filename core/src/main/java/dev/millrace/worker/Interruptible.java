// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of code that one thread may be interrupted in, by {@link #stop}, so that the interrupt hits this code and
 * nothing that the thread does before or after.
 */
final class Interruptible {
    private static final int OUTSIDE = 0;
    private static final int INSIDE = 1;
    private static final int INTERRUPTING = 2;
    private static final int STOPPED = 3;

    private final AtomicInteger state = new AtomicInteger(OUTSIDE);
    private volatile @Nullable Thread thread;

    /** The stretch begins, on this thread; false after {@link #stop}: do not go in. */
    boolean enter() {
        thread = Thread.currentThread();
        return state.compareAndSet(OUTSIDE, INSIDE);
    }

    /** The stretch is over; no interrupt is left. */
    void leave() {
        if (!state.compareAndSet(INSIDE, OUTSIDE)) {
            while (state.get() == INTERRUPTING) {
                Thread.onSpinWait();
            }
        }
        Thread.interrupted();
    }

    /** Interrupts the thread if it is inside, and keeps it from going in again. */
    void stop() {
        while (!state.compareAndSet(OUTSIDE, STOPPED)) {
            if (state.compareAndSet(INSIDE, INTERRUPTING)) {
                Thread inside = thread;
                if (inside != null) {
                    inside.interrupt();
                }
                state.set(STOPPED);
                return;
            }
            if (state.get() >= INTERRUPTING) {
                return;
            }
        }
    }
}
