// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.checker.JobDiary;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends jobs with names of their own. When the broker fails it goes on with the next names: whether the last ones are stored nobody
 * knows, and the checker allows both.
 */
final class ProducerPart {
    private static final int BATCH = 10;
    private static final long AFTER_FAILURE_MILLIS = 50;

    private final Part part;
    private final JobDiary diary;
    private long next;

    ProducerPart(Part part, JobDiary diary) {
        this.part = part;
        this.diary = diary;
    }

    /** Sends until it is to stop, or until the broker fails if another has to be opened then. */
    void run(Broker broker, CountDownLatch stop, boolean reopens) throws InterruptedException {
        Producer producer = Producer.to(broker);
        long pause = Math.max(1, TimeUnit.SECONDS.toMillis(1) * BATCH / part.rate());
        long wait = 0;
        while (!stop.await(wait, TimeUnit.MILLISECONDS)) {
            boolean sent = send(producer);
            if (!sent && reopens) {
                return;
            }
            wait = sent ? pause : AFTER_FAILURE_MILLIS;
        }
    }

    private boolean send(Producer producer) {
        List<String> names = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String name = part.name() + "-" + next++;
            names.add(name);
            jobs.add(Job.of(part.queue(), Payload.text(name)).withTimeLimit(WorkerPart.LEASE));
        }
        diary.sending(names);
        try {
            List<EnqueueResult> answers = producer.offer(jobs);
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                if (answers.get(i) instanceof EnqueueResult.Stored) {
                    accepted.add(names.get(i));
                }
            }
            if (!accepted.isEmpty()) {
                diary.accepted(accepted);
            }
            return accepted.size() == BATCH;
        } catch (BrokerException e) {
            return false;
        }
    }
}
