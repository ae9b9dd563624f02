// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.micro;

import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.MillraceStore.BrokerLane;
import dev.millrace.broker.Broker;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A thousand jobs, with a delay or without, are enqueued, become ready, are received and acknowledged: what the timer
 * wheel costs a job, also beside a million that wait longer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DelayedCycle implements InstantSource {
    private static final int BATCH = 1000;
    private static final Payload PAYLOAD = Payload.wrap(new byte[64]);

    /** The longest delay in milliseconds. */
    @Param({"0", "1000"})
    public int delay;

    /** How many jobs wait for days. */
    @Param({"0", "1000000"})
    public int waiting;

    private long now = 1_000_000_000_000L;
    private final Broker broker = EmbeddedBroker.builder().clock(this).open();
    private final BrokerLane lane = MillraceStore.around(broker, 64).lane();
    private List<Job> batch = List.of();

    /** JMH makes it. */
    public DelayedCycle() {}

    /** Moved by hand. */
    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    /** Fills the wheel. */
    @Setup
    public void fill() {
        List<Job> far = new ArrayList<>();
        List<Job> near = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Job job = Job.of(MillraceStore.QUEUE, PAYLOAD);
            far.add(job.after(Duration.ofDays(300).plusSeconds(i)));
            near.add(delay == 0 ? job : job.after(Duration.ofMillis(1 + i * delay / BATCH)));
        }
        for (int i = 0; i < waiting; i += BATCH) {
            broker.send(far);
        }
        batch = near;
    }

    /** Ends the broker. */
    @TearDown
    public void close() {
        lane.close();
        broker.close();
    }

    /** One cycle of them all. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void cycle() throws InterruptedException {
        broker.send(batch);
        now += delay;
        lane.finish(BATCH);
    }
}
