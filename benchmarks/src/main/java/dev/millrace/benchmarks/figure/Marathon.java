// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Child;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Own;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.MillraceStore.BrokerLane;
import dev.millrace.broker.Brokers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** In a process of its own: enqueues many jobs, works all of them, and looks at what is left. */
final class Marathon {
    private static final int THREADS = 4;
    private static final int BATCH = 250;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String url;
    private final Path folder;
    private final int jobs;
    private final int bytes;

    Marathon(String url, Path folder, int jobs, int bytes) {
        this.url = url;
        this.folder = folder;
        this.jobs = jobs;
        this.bytes = bytes;
    }

    private interface Part {
        void run(BrokerLane lane) throws Exception;
    }

    void run() throws Exception {
        MillraceStore store = MillraceStore.around(Brokers.open(url), bytes);
        int batches = jobs / BATCH / THREADS;
        int all = batches * BATCH * THREADS;
        Child.say("jobs", all);
        Child.say("enqueue", all / timed(store, batches, lane -> lane.enqueue(BATCH)));
        Errand.check(store, all);
        Child.say("full", Folder.bytes(folder));
        System.gc();
        Child.say("resident-full", Own.resident());
        Child.say("work", all / timed(store, batches, lane -> lane.finish(BATCH)));
        Errand.check(store, 0);
        Child.say("folder", restingBytes());
        store.close();
        Child.say("folder-closed", Folder.bytes(folder));
        Child.say("heap", peakHeap());
        Child.say("resident", Own.mostResident());
    }

    private static double timed(MillraceStore store, int batches, Part part) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    try (BrokerLane lane = store.lane()) {
                        for (int batch = 0; batch < batches; batch++) {
                            part.run(lane);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Files go in the background: waits until they have not become less for a second. */
    private long restingBytes() {
        long end = System.nanoTime() + REST_NANOS;
        long least = Folder.bytes(folder);
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.SECONDS.toNanos(1) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = Folder.bytes(folder);
            if (now < least) {
                least = now;
                since = System.nanoTime();
            }
        }
        return Folder.bytes(folder);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
