// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits until something is so, instead of sleeping and hoping. It looks once a millisecond, on the calling thread.
 * Thread-safe.
 */
public final class WaitFor {
    /** How long it waits if nothing else is said: half a minute, for machines that are busy with other things. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = 1_000_000;

    private WaitFor() {}

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, for the failure: {@code "five jobs are done"}
     * @param condition tells whether it holds
     * @throws AssertionError if it does not within {@link #DEADLINE}, or the thread is interrupted, which it then stays
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, for the failure
     * @param deadline how long to wait at most
     * @param condition tells whether it holds
     * @throws AssertionError if it does not in time, or the thread is interrupted, which it then stays
     */
    public static void until(String what, Duration deadline, BooleanSupplier condition) {
        if (!within(deadline, condition)) {
            throw new AssertionError(ending(deadline) + ": " + what);
        }
    }

    /**
     * Waits until there is a value.
     *
     * @param <T> its type
     * @param what the value in words, for the failure
     * @param source gives the value once there is one
     * @return the value
     * @throws AssertionError if there is none within {@link #DEADLINE}, or the thread is interrupted, which it then stays
     */
    public static <T> T value(String what, Supplier<Optional<T>> source) {
        Latest<T> latest = new Latest<>();
        until(what, () -> {
            latest.value = source.get();
            return latest.value.isPresent();
        });
        return latest.value.orElseThrow();
    }

    private static final class Latest<T> {
        private Optional<T> value = Optional.empty();
    }

    /**
     * Waits until an assertion holds.
     *
     * @param assertion throws {@link AssertionError} as long as it does not
     * @throws AssertionError the last one, if it does not hold within {@link #DEADLINE} or the thread is interrupted, which
     *     it then stays
     */
    public static void passing(Runnable assertion) {
        boolean passed = within(DEADLINE, () -> {
            try {
                assertion.run();
                return true;
            } catch (AssertionError e) {
                return false;
            }
        });
        if (!passed) {
            assertion.run();
        }
    }

    /**
     * Gives a condition some time to hold, and says whether it did.
     *
     * @param deadline how long to wait at most
     * @param condition tells whether it holds
     * @return false if it did not in time, or the thread was interrupted, which it then stays
     */
    public static boolean within(Duration deadline, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > deadline.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private static String ending(Duration deadline) {
        return Thread.currentThread().isInterrupted()
                ? "interrupted while waiting for"
                : "not so after " + deadline.toMillis() + " ms";
    }
}
