// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.broker.Broker;
import dev.millrace.job.Codec;
import dev.millrace.job.JobType;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** The three kinds of handlers, and what follows a failed attempt. */
final class Handlers {
    // tag::types[]
    static final JobType<String> RENDER =
            JobType.of("page.render", "pages", Codec.text()).within(Duration.ofMinutes(2));
    static final JobType<String> PING = JobType.of("host.ping", "hosts", Codec.text());
    // end::types[]

    private Handlers() {}

    /** Does the work that this page only talks of. */
    interface Site {
        void render(String page) throws IOException;

        void log(String line);

        boolean isUp(String host) throws IOException;
    }

    static void enqueue(Broker broker) {
        // tag::typed-enqueue[]
        Producer.to(broker).enqueue(RENDER.job("/index.html"));
        // end::typed-enqueue[]
    }

    static Worker start(Broker broker, Site site) {
        // tag::handlers[]
        Worker worker = Worker.on(broker)
                .queue("lines", 1)
                .handle("lines", (payload, job) -> site.log(payload.text()))
                .queue("pages", 8)
                .handle(RENDER, (page, job) -> site.render(page))
                .queue("hosts", 100)
                .decide(
                        PING,
                        (host, job) ->
                                site.isUp(host) ? Outcome.done() : Outcome.retry(Duration.ofMinutes(5), "is down"))
                .start();
        // end::handlers[]
        return worker;
    }

    static Worker retrying(Broker broker, Site site) {
        // tag::retry[]
        RetryPolicy patient = RetryPolicy.exponential(Duration.ofSeconds(5), Duration.ofMinutes(10))
                .upTo(8);
        Worker worker = Worker.on(broker)
                .queue("pages", 8)
                .handle(RENDER, (page, job) -> site.render(page))
                .retry(failure -> failure.error() instanceof UnknownHostException
                        ? Optional.empty()
                        : patient.delayAfter(failure))
                .start();
        // end::retry[]
        return worker;
    }
}
