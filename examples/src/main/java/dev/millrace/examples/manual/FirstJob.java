// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Worker;
import java.util.concurrent.CountDownLatch;

/** The first job of the README. */
final class FirstJob {
    private FirstJob() {}

    static void run(CountDownLatch shutdown) throws InterruptedException {
        // tag::first-job[]
        try (Broker broker = Brokers.open("file:./jobs")) {
            Producer.to(broker).enqueue(Job.of("greetings", Payload.text("hello")));
            try (Worker worker = Worker.on(broker)
                    .queue("greetings", 4)
                    .handle("greetings", (payload, job) -> System.out.println(payload.text()))
                    .start()) {
                shutdown.await();
            }
        }
        // end::first-job[]
    }
}
