// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.jackson.Json;
import dev.millrace.job.Job;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Jobs with a type: a record travels as JSON, and a payload that is something else does no harm. */
final class Example2Types {
    // tag::type[]
    record Invoice(int number, String to) {}

    static final JobType<Invoice> SEND_INVOICE =
            JobType.of("invoice.send", "mail", Json.codec(Invoice.class)).within(Duration.ofMinutes(2));
    // end::type[]

    private Example2Types() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(2);
        try (Broker broker = Brokers.open("file:./jobs")) {
            Producer producer = Producer.to(broker);
            // tag::produce[]
            producer.enqueue(SEND_INVOICE.job(new Invoice(7, "ann@example.com")));
            // end::produce[]
            Job broken = Job.of("mail", Payload.text("no JSON")).withHeader(JobType.HEADER, SEND_INVOICE.name());
            producer.enqueue(broken);
            producer.enqueue(SEND_INVOICE.job(new Invoice(8, "bob@example.com")));
            // tag::work[]
            try (Worker worker = Worker.on(broker)
                    .queue("mail", 8)
                    .handle(SEND_INVOICE, (invoice, job) -> {
                        System.out.println("invoice " + invoice.number() + " for " + invoice.to());
                        sent.countDown();
                    })
                    .start()) {
                sent.await();
            }
            // end::work[]
        }
    }
}
