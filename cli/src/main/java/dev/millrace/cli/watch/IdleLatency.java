// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import dev.millrace.broker.Broker;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from the call of enqueue to the first line of the handler, when a worker has nothing else to do: one
 * job at a time, both ends in this process, so that one clock measures it. The first jobs, which warm the machine up, are
 * not counted.
 */
public final class IdleLatency {
    private static final int WARM_UP = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE_SECONDS = 30;

    private IdleLatency() {}

    /**
     * Measures.
     *
     * @param broker where the jobs go
     * @param queue a queue that nobody else uses
     * @param samples how many jobs are counted; 1 or more
     * @return the percentiles
     * @throws InterruptedException if the thread was interrupted
     * @throws TimeoutException if a job did not come within 30 seconds
     */
    public static Latency measure(Broker broker, String queue, int samples)
            throws InterruptedException, TimeoutException {
        Stopwatch watch = Stopwatch.start();
        BlockingQueue<Long> starts = new ArrayBlockingQueue<>(1);
        Producer producer = Producer.to(broker);
        long[] nanos = new long[samples];
        try (Worker worker = Worker.on(broker)
                .queue(queue, 1)
                .handle(queue, (payload, job) -> starts.put(watch.nanos()))
                .retry(RetryPolicy.fixed(Duration.ZERO))
                .start()) {
            for (int i = -WARM_UP; i < samples; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                long before = watch.nanos();
                producer.enqueue(Job.of(queue, Payload.empty()));
                @Nullable Long start = starts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (start == null) {
                    throw new TimeoutException("a job of queue " + queue + " did not start within " + PATIENCE_SECONDS
                            + " s; worker " + worker.health());
                }
                if (i >= 0) {
                    nanos[i] = start - before;
                }
            }
            worker.drain(Duration.ofSeconds(PATIENCE_SECONDS));
        }
        return Latency.of(nanos);
    }
}
