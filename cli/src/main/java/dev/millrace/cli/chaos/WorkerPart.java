// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.checker.JobDiary;
import dev.millrace.worker.Event;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Handles jobs, and writes down which. */
final class WorkerPart {
    /** After this time the jobs of a worker that was killed are another's; where the job decides on that, it says so too. */
    static final Duration LEASE = Duration.ofSeconds(5);

    /**
     * How long a handler may take. Where a lease cannot be renewed, a worker asks for one that outlasts this: with the usual limit of
     * minutes, the jobs of a worker that was killed would be nobody's for as long, and would count as lost.
     */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private static final int CONCURRENCY = 8;
    private static final long LOOK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Part part;
    private final JobDiary diary;

    WorkerPart(Part part, JobDiary diary) {
        this.part = part;
        this.diary = diary;
    }

    /** Works until it is to stop, or until the broker fails if another has to be opened then. */
    void run(Broker broker, CountDownLatch stop, boolean reopens) throws InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        RetryPolicy retry = broker.capabilities().has(Feature.DELAYED_RETRY)
                ? RetryPolicy.standard()
                : RetryPolicy.fixed(Duration.ZERO);
        Worker worker = Worker.on(broker)
                .name(part.name())
                .queue(part.queue(), CONCURRENCY)
                .handle(part.queue(), (payload, job) -> {
                    List<String> name = List.of(payload.text());
                    diary.handled(name);
                    diary.settling(name);
                })
                .retry(retry)
                .lease(LEASE)
                .timeLimit(TIME_LIMIT)
                .observer(event -> failed.compareAndSet(false, reopens && event instanceof Event.BrokerFailed))
                .start();
        try {
            while (!failed.get() && !stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } finally {
            worker.drain(failed.get() ? Duration.ZERO : PATIENCE);
        }
    }
}
