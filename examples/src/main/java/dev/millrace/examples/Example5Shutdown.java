// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Event;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A service that stops in good order: on SIGTERM it takes no new job, lets those that run end, and hands back what does not
 * end in time. An observer sees everything that happens.
 */
final class Example5Shutdown {
    private Example5Shutdown() {}

    public static void main(String[] args) throws InterruptedException {
        Broker broker = Brokers.open("file:./jobs");
        Producer.to(broker).enqueue(Job.of("slow", Payload.text("tea")));
        // tag::shutdown[]
        Worker worker = Worker.on(broker)
                .queue("slow", 2)
                .handle("slow", (payload, job) -> {
                    TimeUnit.SECONDS.sleep(1);
                    System.out.println(payload.text() + " is ready");
                })
                .observer(Example5Shutdown::watch)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.drain(Duration.ofSeconds(30));
            broker.close();
        }));
        // end::shutdown[]
        Thread.currentThread().join();
    }

    // tag::observer[]
    private static void watch(Event event) {
        switch (event) {
            case Event.Started started ->
                System.out.println("attempt " + started.job().attempt());
            case Event.WorkerDraining draining -> System.out.println("no new jobs from here on");
            case Event.WorkerStopped stopped -> System.out.println("bye");
            default -> {}
        }
    }
    // end::observer[]
}
