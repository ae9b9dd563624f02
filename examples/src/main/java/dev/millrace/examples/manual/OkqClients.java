// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqSubscription;
import dev.millrace.okq.PushEvent;
import dev.millrace.okq.PushResult;
import dev.millrace.okq.consumer.OkqConsumer;
import java.time.Duration;
import java.util.List;

/** The client of okq. */
final class OkqClients {
    private OkqClients() {}

    static void quickStart() throws Exception {
        // tag::quick[]
        try (OkqClient okq = OkqClient.connect("localhost:4777");
                OkqConsumer consumer = OkqConsumer.on("localhost:4777")
                        .queues("mail", "sms")
                        .lease(Duration.ofSeconds(30))
                        .concurrency(8)
                        .onTrouble(trouble -> System.err.println(trouble))
                        .start((event, context) -> {
                            System.out.println(event.queue() + ": " + event.text());
                            return true;
                        })) {
            okq.push("mail", "hello");
            System.in.read();
        }
        // end::quick[]
    }

    static void pushing(OkqClient okq, List<String> bodies) {
        // tag::push[]
        PushResult result =
                okq.push(PushEvent.to("mail", "hello").withId("order 42").highPriority());
        if (result.isDuplicate()) {
            System.out.println("order 42 is in the queue already");
        }
        List<PushEvent> events =
                bodies.stream().map(body -> PushEvent.to("mail", body)).toList();
        okq.pushAll(events).forEach(each -> each.error().ifPresent(System.err::println));
        // end::push[]
    }

    static void taking(OkqClient okq) throws InterruptedException {
        // tag::take[]
        try (OkqSubscription events = okq.subscribe(List.of(OkqName.of("mail"), OkqName.of("sms")))) {
            while (events.await(Duration.ofSeconds(10))) {
                List<OkqEvent> some = events.pop(50, Duration.ofSeconds(30));
                some.forEach(event -> System.out.println(event.text()));
                if (okq.ackAll(some).contains(false)) {
                    System.err.println("some leases had ended");
                }
            }
        }
        // end::take[]
    }
}
