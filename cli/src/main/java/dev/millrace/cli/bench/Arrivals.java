// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

import dev.millrace.cli.watch.Stopwatch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which of some numbered jobs have come, and how often. Thread-safe; one thread waits. */
final class Arrivals {
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;

    private final AtomicIntegerArray times;
    private final CountDownLatch missing;
    private long lastDistinct = -1;
    private Stopwatch sinceProgress = Stopwatch.start();

    Arrivals(int jobs) {
        this.times = new AtomicIntegerArray(jobs);
        this.missing = new CountDownLatch(jobs);
    }

    void add(int number) {
        if (times.getAndIncrement(number) == 0) {
            missing.countDown();
        }
    }

    /** Whether nothing new has come for so long that nothing will. */
    boolean stalled() {
        if (distinct() != lastDistinct) {
            lastDistinct = distinct();
            sinceProgress = Stopwatch.start();
        }
        return sinceProgress.elapsed().compareTo(STALL) > 0;
    }

    /** Waits a moment; returns true if all have come. */
    boolean awaitAll() throws InterruptedException {
        return missing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    long distinct() {
        return times.length() - missing.getCount();
    }

    long missing() {
        return missing.getCount();
    }

    long repeated() {
        long all = 0;
        for (int i = 0; i < times.length(); i++) {
            all += times.get(i);
        }
        return all - distinct();
    }
}
