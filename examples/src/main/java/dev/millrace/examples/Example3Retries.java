// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Settlement;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What fails is tried again later, and in the end put aside with its reason, until a person decides. */
final class Example3Retries {
    private static final QueueName PAYMENTS = new QueueName("payments");

    private Example3Retries() {}

    public static void main(String[] args) throws InterruptedException {
        try (Broker broker = Brokers.open("mem:")) {
            Producer producer = Producer.to(broker);
            producer.enqueue(Job.of("payments", Payload.text("card expired")));
            producer.enqueue(Job.of("payments", Payload.text("no such account")));
            producer.enqueue(Job.of("payments", Payload.text("good")));
            CountDownLatch concluded = new CountDownLatch(3);
            // tag::retry[]
            Worker worker = Worker.on(broker)
                    .queue("payments", 4)
                    .decide("payments", (payload, job) -> switch (payload.text()) {
                        case "no such account" -> Outcome.deadLetter("nobody to pay");
                        case "card expired" -> throw new IllegalStateException("attempt " + job.attempt() + " failed");
                        default -> Outcome.done();
                    })
                    .retry(RetryPolicy.exponential(Duration.ofMillis(50), Duration.ofHours(1))
                            .upTo(3))
                    // end::retry[]
                    .observer(event -> {
                        if (event instanceof Event.Finished end && !(end.outcome() instanceof Outcome.Retry)) {
                            concluded.countDown();
                        }
                    })
                    .start();
            concluded.await();
            worker.close();
            show(broker);
        }
    }

    private static void show(Broker broker) {
        // tag::dead[]
        for (Glimpse letter : broker.facet(Inspectable.class).orElseThrow().dead(PAYMENTS, 10)) {
            String reason = letter.headers().get(Settlement.REASON_HEADER);
            System.out.println(letter.payload().text() + ": " + reason);
        }
        long again = broker.facet(Administrable.class).orElseThrow().redrive(PAYMENTS, 10);
        // end::dead[]
        System.out.println(again + " are ready again");
    }
}
