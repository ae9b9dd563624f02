// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which of some numbered jobs came, and how often. Thread-safe; one thread waits. */
final class Tally {
    private static final long STALL_SECONDS = 30;

    private final AtomicIntegerArray times;
    private final AtomicInteger came = new AtomicInteger();
    private final CountDownLatch missing;

    Tally(int jobs) {
        this.times = new AtomicIntegerArray(jobs);
        this.missing = new CountDownLatch(jobs);
    }

    void add(int number) {
        came.incrementAndGet();
        if (times.getAndIncrement(number) == 0) {
            missing.countDown();
        }
    }

    /** Waits for all; gives up when nothing came for {@value #STALL_SECONDS} seconds. */
    void await() throws InterruptedException {
        int before;
        do {
            before = came.get();
        } while (!missing.await(STALL_SECONDS, TimeUnit.SECONDS) && came.get() > before);
    }

    long missing() {
        return missing.getCount();
    }

    long repeated() {
        return came.get() - (times.length() - missing.getCount());
    }
}
