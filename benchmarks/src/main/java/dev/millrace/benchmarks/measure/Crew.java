// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same until time is up. */
public final class Crew {
    private Crew() {}

    /** What one thread does again and again. */
    @FunctionalInterface
    public interface Work {
        /** Returns how many things it did. */
        long once() throws Exception;
    }

    /**
     * What was done.
     *
     * @param things how many
     * @param seconds in which time
     */
    public record Done(long things, double seconds) {
        /** Things a second. */
        public double rate() {
            return things / seconds;
        }
    }

    /** Runs each work on a platform thread of its own. The time counts until the last has ended. */
    public static Done run(List<? extends Work> works, Duration time) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (Work work : works) {
            tasks.add(() -> {
                begin.await();
                long end = System.nanoTime() + time.toNanos();
                long done = 0;
                while (System.nanoTime() - end < 0) {
                    done += work.once();
                }
                return done;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Future<Long>> results = tasks.stream().map(threads::submit).toList();
            long start = System.nanoTime();
            begin.countDown();
            long done = sum(results);
            return new Done(done, (System.nanoTime() - start) / 1e9);
        }
    }

    private static long sum(List<Future<Long>> results) throws Exception {
        long sum = 0;
        for (Future<Long> result : results) {
            try {
                sum += result.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a thread of the benchmark failed: " + e.getCause(), e);
            }
        }
        return sum;
    }
}
