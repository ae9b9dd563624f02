// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.cli.watch.DrainWatch;
import dev.millrace.job.JobType;
import dev.millrace.job.QueueName;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The work of one worker of the demonstration, whichever process it is in.
 *
 * @param queue where its jobs come from
 * @param folder where it reads files and writes results
 * @param number its number, from 1
 */
record DemoWork(String queue, DemoFolder folder, int number) {
    static final int CONCURRENCY = 8;
    static final int ATTEMPTS = 4;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 25;

    /** What producer and worker agree on. */
    JobType<DemoJob> type() {
        return new JobType<>("demo.digest", new QueueName(queue), DemoJob.CODEC, LEASE);
    }

    private static RetryPolicy policy(Omissions omissions) {
        return omissions.waits()
                ? RetryPolicy.exponential(FIRST_DELAY, LONGEST_DELAY)
                : RetryPolicy.fixed(Duration.ZERO);
    }

    /** Works until the queue is empty or {@code stop} is open. */
    void run(Broker broker, CountDownLatch stop) throws IOException, InterruptedException {
        Omissions omissions = Omissions.of(broker);
        Optional<DrainWatch> watch = omissions.counts()
                ? Optional.of(DrainWatch.of(broker, Set.of(new QueueName(queue))))
                : Optional.empty();
        try (ResultsWriter results = new ResultsWriter(folder.results(number));
                Worker worker = Worker.on(broker)
                        .name("demo-" + number)
                        .queue(queue, CONCURRENCY)
                        .handle(type(), new DemoHandler(folder, results, failedBefore()))
                        .retry(policy(omissions).upTo(ATTEMPTS))
                        .lease(LEASE)
                        .start()) {
            while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    && !(watch.isPresent() && watch.get().isEmpty())) {
                Thread.onSpinWait();
            }
            worker.drain(PATIENCE);
        }
    }

    private Set<Integer> failedBefore() throws IOException {
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        for (int earlier = 1; earlier < number; earlier++) {
            try (ResultsReader results = new ResultsReader(folder.results(earlier))) {
                results.poll(line -> {
                    if (line.kind() == ResultLine.Kind.FAIL) {
                        failed.add(line.number());
                    }
                });
            }
        }
        return failed;
    }
}
