// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.Stopwatch;
import dev.millrace.job.Job;
import dev.millrace.job.JobType;
import dev.millrace.producer.Producer;
import java.util.ArrayList;
import java.util.List;

/** Enqueues all jobs of the demonstration. */
final class EnqueuePhase {
    private static final int BATCH = 100;

    private EnqueuePhase() {}

    /** Returns how many seconds it took. */
    static double run(Broker broker, Input input, JobType<DemoJob> type, Streams streams) {
        Producer producer = Producer.to(broker);
        Stopwatch watch = Stopwatch.start();
        try (Progress progress = Progress.of(streams, "enqueue", input.jobs())) {
            List<Job> batch = new ArrayList<>();
            for (int number = 0; number < input.jobs(); number++) {
                batch.add(type.job(input.job(number)));
                if (batch.size() == BATCH || number == input.jobs() - 1) {
                    producer.offer(batch).forEach(EnqueuePhase::accept);
                    batch.clear();
                    progress.at(number + 1L);
                }
            }
        }
        return watch.seconds();
    }

    private static void accept(EnqueueResult result) {
        if (result instanceof EnqueueResult.Refused refused) {
            throw new EnqueueRefusedException(
                    refused.reason(), "the broker refused a job: " + refused.reason() + ", " + refused.detail());
        }
    }
}
