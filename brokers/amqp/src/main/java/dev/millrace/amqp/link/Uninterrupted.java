// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What must not be torn by an interrupt: it is kept aside until the work is done. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Does something as if the thread were not interrupted.
     *
     * @param <T> what comes of it
     * @param work what to do; waits that an interrupt ends while it goes on are its own business
     * @return what came of it
     */
    public static <T> T get(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for a latch, whether the thread is interrupted or not; it stays so.
     *
     * @param latch what to wait for
     * @param nanos for how long at most
     * @return whether it opened
     */
    public static boolean await(CountDownLatch latch, long nanos) {
        boolean interrupted = false;
        long end = Ticks.now() + nanos;
        try {
            while (true) {
                try {
                    return latch.await(end - Ticks.now(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void get(Future<?> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    work.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing failed in an unforeseen way", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
