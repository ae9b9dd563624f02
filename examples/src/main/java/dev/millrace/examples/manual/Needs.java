// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.producer.Producer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;

/** What the page of capabilities shows: programs that need something of their broker. */
final class Needs {
    private Needs() {}

    static Producer producer(Broker broker) {
        // tag::producer[]
        Producer reminders = Producer.to(broker, Feature.DELAY);
        // end::producer[]
        return reminders;
    }

    static Worker worker(Broker broker) {
        // tag::worker[]
        Worker worker = Worker.on(broker)
                .queue("reminders", 4)
                .retry(RetryPolicy.fixed(Duration.ofSeconds(10)).upTo(5))
                .handle("reminders", (payload, job) -> System.out.println(payload.text()))
                .start();
        // end::worker[]
        return worker;
    }

    static RetryPolicy policy(Broker broker) {
        // tag::ask[]
        Duration wait = broker.capabilities().has(Feature.DELAYED_RETRY) ? Duration.ofSeconds(10) : Duration.ZERO;
        RetryPolicy policy = RetryPolicy.fixed(wait).upTo(5);
        // end::ask[]
        return policy;
    }
}
