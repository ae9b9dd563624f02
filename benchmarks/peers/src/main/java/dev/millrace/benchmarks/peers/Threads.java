// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that do one thing again and again, for libraries that leave the loop to their users. */
final class Threads implements AutoCloseable {
    private final ExecutorService executor;
    private volatile boolean over;

    Threads(int threads, Step step) {
        this.executor = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            executor.execute(() -> {
                while (!over) {
                    try {
                        step.take(number);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }
    }

    /** Once around. */
    @FunctionalInterface
    interface Step {
        /** Takes what there is, or waits a moment for it; told which thread it is on. */
        void take(int thread) throws Exception;
    }

    @Override
    public void close() {
        over = true;
        executor.close();
    }
}
