// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.micro;

import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.MillraceStore.BrokerLane;
import dev.millrace.broker.Brokers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Enqueue, receive, acknowledge by one thread on mem: everything but the disk and the other threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryCycle {
    /** How many jobs at once; the time is that of all of them. */
    @Param({"1", "32"})
    public int batch;

    /** How many jobs wait behind, to see what a large queue costs. */
    @Param({"0", "1000000"})
    public int waiting;

    private MillraceStore store = open();
    private BrokerLane lane = store.lane();

    /** JMH makes it. */
    public MemoryCycle() {}

    private static MillraceStore open() {
        return MillraceStore.around(Brokers.open("mem:"), 64);
    }

    /** Fills the queue. */
    @Setup
    public void fill() {
        for (int i = 0; i < waiting; i += 1000) {
            lane.enqueue(1000);
        }
    }

    /** Ends the broker. */
    @TearDown
    public void close() {
        lane.close();
        store.close();
    }

    /** One cycle. */
    @Benchmark
    public void cycle() throws InterruptedException {
        lane.enqueue(batch);
        lane.finish(batch);
    }
}
