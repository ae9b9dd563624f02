// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The same program on every broker: {@code MILLRACE_BROKER} says which, and what that cannot do is said and left out.
 */
final class Example6AnyBroker {
    private static final String QUEUE = "example-six";

    private final Capabilities broker;

    private Example6AnyBroker(Capabilities broker) {
        this.broker = broker;
    }

    public static void main(String[] args) throws InterruptedException {
        String url = Optional.ofNullable(System.getenv("MILLRACE_BROKER")).orElse("file:./jobs");
        try (Broker broker = Brokers.open(url)) {
            new Example6AnyBroker(broker.capabilities()).run(broker);
        }
    }

    private void run(Broker broker) throws InterruptedException {
        List<Job> jobs = jobs();
        Producer.to(broker).offer(jobs);
        CountDownLatch left = new CountDownLatch(jobs.size());
        try (Worker worker = Worker.on(broker)
                .queue(QUEUE, 1)
                .retry(policy())
                .handle(QUEUE, (payload, job) -> {
                    if (payload.text().equals("a job that fails once") && job.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    System.out.println(payload.text());
                    left.countDown();
                })
                .start()) {
            left.await();
        }
    }

    // tag::any[]
    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>(List.of(job("a job"), job("a job that fails once")));
        if (can(Feature.DELAY)) {
            jobs.add(job("a job for later").after(Duration.ofMillis(200)));
        }
        if (can(Feature.PRIORITY)) {
            jobs.add(job("a job that is urgent").withPriority(Job.HIGHEST_PRIORITY));
        }
        if (can(Feature.EXPIRY)) {
            jobs.add(job("a job that is good for a minute").expiringAfter(Duration.ofMinutes(1)));
        }
        return jobs;
    }

    private RetryPolicy policy() {
        RetryPolicy always = can(Feature.DELAYED_RETRY)
                ? RetryPolicy.fixed(Duration.ofMillis(100))
                : RetryPolicy.fixed(Duration.ZERO);
        return can(Feature.DEAD_LETTER) ? always.upTo(5) : always;
    }

    private boolean can(Feature feature) {
        if (!broker.has(feature)) {
            System.out.println("left out: " + feature + " " + broker.of(feature).note());
        }
        return broker.has(feature);
    }
    // end::any[]

    private static Job job(String text) {
        return Job.of(QUEUE, Payload.text(text));
    }
}
