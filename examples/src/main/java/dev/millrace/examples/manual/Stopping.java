// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.worker.Worker;
import java.time.Duration;

/** A program that stops in good order when it is told to. */
final class Stopping {
    private Stopping() {}

    static void stopOnSignal() {
        // tag::stop[]
        Broker broker = Brokers.open("file:./jobs");
        Worker worker = Worker.on(broker)
                .queue("lines", 4)
                .handle("lines", (payload, job) -> System.out.println(payload.text()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.drain(Duration.ofSeconds(20));
            broker.close();
        }));
        // end::stop[]
    }
}
