// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.bench;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.IdleLatency;
import dev.millrace.cli.watch.Latency;
import dev.millrace.cli.watch.Stopwatch;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Enqueues numbered jobs, works them with empty handlers, counts them, and measures how quickly one job starts. */
public final class Bench {
    private static final int SAMPLES = 1_000;

    private final Broker broker;
    private final String queue;
    private final BenchPlan plan;
    private final Streams streams;

    /**
     * A measurement.
     *
     * @param broker what is measured; its capabilities do not matter
     * @param queue a queue that nobody else uses
     * @param plan how much of what
     * @param streams where progress is shown
     */
    public Bench(Broker broker, String queue, BenchPlan plan, Streams streams) {
        this.broker = broker;
        this.queue = queue;
        this.plan = plan;
        this.streams = streams;
    }

    /**
     * Measures; leaves nothing in the queue.
     *
     * @return the results
     * @throws InterruptedException if the thread was interrupted
     * @throws TimeoutException if a job of the last part did not start
     */
    public BenchReport run() throws InterruptedException, TimeoutException {
        try {
            double singleSeconds = enqueue(new AtomicInteger(), plan.singles(), 1, 1);
            double bulkSeconds =
                    enqueue(new AtomicInteger(plan.singles()), plan.jobs(), plan.producers(), plan.batch());
            Arrivals arrivals = new Arrivals(plan.jobs());
            double workSeconds = work(arrivals);
            Latency idle = IdleLatency.measure(broker, queue + "-idle", SAMPLES);
            return new BenchReport(
                    singleSeconds, bulkSeconds, workSeconds, idle, arrivals.missing(), arrivals.repeated());
        } finally {
            broker.facet(Administrable.class).ifPresent(admin -> admin.purge(new QueueName(queue)));
        }
    }

    /** From the next number to the last one that is not meant; seconds. */
    private double enqueue(AtomicInteger next, int end, int producers, int batch) throws InterruptedException {
        int jobs = end - next.get();
        AtomicInteger stored = new AtomicInteger();
        Stopwatch watch = Stopwatch.start();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Progress progress = Progress.of(streams, batch == 1 ? "one by one" : "enqueue", jobs)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                ends.add(threads.submit(() -> produce(next, end, batch, stored)));
            }
            for (Future<?> ended : ends) {
                while (!isOver(ended)) {
                    progress.at(stored.get());
                }
            }
            progress.at(stored.get());
        }
        return watch.seconds();
    }

    private static boolean isOver(Future<?> end) throws InterruptedException {
        try {
            end.get(50, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void produce(AtomicInteger next, int end, int batch, AtomicInteger stored) {
        Producer producer = Producer.to(broker);
        for (int first = next.getAndAdd(batch); first < end; first = next.getAndAdd(batch)) {
            List<Job> jobs = new ArrayList<>();
            for (int number = first; number < Math.min(end, first + batch); number++) {
                byte[] body = new byte[plan.size()];
                ByteBuffer.wrap(body).putInt(number);
                jobs.add(Job.of(queue, Payload.wrap(body)));
            }
            for (EnqueueResult result : producer.offer(jobs)) {
                if (result instanceof EnqueueResult.Refused refused) {
                    throw new EnqueueRefusedException(
                            refused.reason(),
                            "the broker refused a job: " + refused.reason() + ", " + refused.detail());
                }
            }
            stored.addAndGet(jobs.size());
        }
    }

    private double work(Arrivals arrivals) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        try (Progress progress = Progress.of(streams, "work", plan.jobs());
                Worker worker = Worker.on(broker)
                        .queue(queue, plan.concurrency())
                        .handle(
                                queue,
                                (payload, job) -> arrivals.add(payload.buffer().getInt()))
                        .retry(RetryPolicy.fixed(Duration.ZERO))
                        .start()) {
            while (!arrivals.awaitAll() && !arrivals.stalled()) {
                progress.at(arrivals.distinct());
            }
            progress.at(arrivals.distinct());
            return watch.seconds();
        }
    }
}
