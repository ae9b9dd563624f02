// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a worker be stopped by many, once. The first caller does the work, the others wait for it; whoever has the shortest
 * patience, or is interrupted, shortens it for all.
 */
final class Shutdown {
    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicLong deadline = new AtomicLong(Nanos.now() + Nanos.FOREVER);
    private final Runnable shortened;
    private boolean interruptedAtWork;

    /** What to do when the deadline has become an earlier one. */
    Shutdown(Runnable shortened) {
        this.shortened = shortened;
    }

    /** Stops with the patience, in nanoseconds; returns when all is done. The work may itself ask to stop. */
    void run(long patience, Runnable work) {
        boolean interrupted = Thread.interrupted();
        shorten(Nanos.now() + (interrupted ? 0 : patience));
        Thread caller = Thread.currentThread();
        if (first.compareAndSet(null, caller)) {
            try {
                work.run();
            } finally {
                done.countDown();
                interrupted |= interruptedAtWork;
            }
        } else if (!caller.equals(first.get())) {
            interrupted |= awaitDone();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitDone() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                shorten(Nanos.now());
            }
        }
    }

    private void shorten(long until) {
        long before = deadline.getAndAccumulate(until, (old, given) -> given - old < 0 ? given : old);
        if (until - before < 0) {
            shortened.run();
        }
    }

    /** Waits at a bell, for the thread that does the work; an interrupt only ends the patience. */
    void await(Bell bell, BooleanSupplier condition, long until) {
        while (!bell.await(condition, until) && Thread.interrupted()) {
            interruptedAtWork = true;
            shorten(Nanos.now());
        }
    }

    /** Until when handlers may still take, by {@link Nanos}. */
    long deadline() {
        return deadline.get();
    }

    /** Whether the patience is over. */
    boolean isImpatient() {
        return Nanos.now() - deadline.get() >= 0;
    }

    /** Whether it is over. */
    boolean isDone() {
        return done.getCount() == 0;
    }
}
