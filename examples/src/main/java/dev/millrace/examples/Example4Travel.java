// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** How jobs travel: later, first, by priority, for a while only, and once under a name. */
final class Example4Travel {
    private Example4Travel() {}

    public static void main(String[] args) throws InterruptedException {
        try (Broker broker = Brokers.open("mem:")) {
            // tag::travel[]
            Producer producer = Producer.to(broker, Feature.DELAY, Feature.PRIORITY, Feature.CHOSEN_ID);
            List<EnqueueResult> results = producer.offer(List.of(
                    job("a reminder").after(Duration.ofMillis(300)),
                    job("as usual"),
                    job("an alarm").withPriority(Job.HIGHEST_PRIORITY),
                    job("the next in line").atFront(),
                    job("today's report").withId("report-2026-11-21"),
                    job("the same report").withId("report-2026-11-21"),
                    job("a code that is good for a minute").expiringAfter(Duration.ofMinutes(1))));
            // end::travel[]
            System.out.println(
                    results.get(5) instanceof EnqueueResult.Duplicate ? "one report is enough" : "two reports");
            CountDownLatch read = new CountDownLatch(6);
            try (Worker worker = Worker.on(broker)
                    .queue("messages", 1)
                    .handle("messages", (payload, job) -> {
                        System.out.println(payload.text());
                        read.countDown();
                    })
                    .start()) {
                read.await();
            }
        }
    }

    private static Job job(String text) {
        return Job.of("messages", Payload.text(text));
    }
}
