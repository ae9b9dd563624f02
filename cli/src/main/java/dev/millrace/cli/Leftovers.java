// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/*
 * A JVM that allocates little has no reason to collect, so the memory of jobs that are gone would stay with it for ever.
 * A full collection stops everything for as long as it takes to walk through what lives: it waits until that is little
 * beside what is gone, and until the jobs stay away, so that a queue that fills and empties all the time is left alone.
 */
/** Gives the memory of many jobs back to the system once most of them are gone. Belongs to whoever looks. */
final class Leftovers {
    private static final long LOOK_SECONDS = 2;
    private static final long WORTH_IT = 32L << 20;

    private final LongSupplier used;
    private final Runnable collect;
    private long peak;
    private boolean wasLow;

    /**
     * Looks at what is used.
     *
     * @param used the memory that jobs take, in bytes
     * @param collect gives back what is not used
     */
    Leftovers(LongSupplier used, Runnable collect) {
        this.used = used;
        this.collect = collect;
    }

    /** Looks every two seconds until the result is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // It looks until it is closed, and nobody waits for that.
    static ScheduledExecutorService watch(LongSupplier used) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("millrace-memory").factory());
        looks.scheduleWithFixedDelay(
                new Leftovers(used, System::gc)::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return looks;
    }

    /** Collects when three quarters of the most that was ever used since the last time are gone, at two looks in a row. */
    void look() {
        long now = used.getAsLong();
        peak = Math.max(peak, now);
        boolean low = now < peak / 4 && peak - now >= WORTH_IT;
        if (low && wasLow) {
            collect.run();
            peak = now;
        }
        wasLow = low;
    }
}
