// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Worker;
import java.io.IOException;

/** The first job: a folder is the broker, a worker prints what it gets. Ends when you press Enter. */
final class Example1Hello {
    private Example1Hello() {}

    public static void main(String[] args) throws IOException {
        // tag::hello[]
        try (Broker broker = Brokers.open("file:./jobs");
                Worker worker = Worker.on(broker)
                        .queue("greetings", 4)
                        .handle("greetings", (payload, job) -> System.out.println(payload.text()))
                        .start()) {
            Producer.to(broker).enqueue(Job.of("greetings", Payload.text("hello, world")));
            System.in.read();
        }
        // end::hello[]
    }
}
