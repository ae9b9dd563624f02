// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.amqp.dispatcher.ArgumentType;
import dev.millrace.amqp.dispatcher.Dispatcher;
import dev.millrace.amqp.dispatcher.PublishResult;
import dev.millrace.amqp.dispatcher.Task;
import dev.millrace.amqp.dispatcher.TaskArgument;
import dev.millrace.amqp.dispatcher.TaskHandlers;
import dev.millrace.amqp.dispatcher.TaskMethod;
import dev.millrace.amqp.dispatcher.WorkerConfig;
import dev.millrace.worker.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What docs/amqp.md shows. */
final class Dispatchers {
    private Dispatchers() {}

    static void quick() throws IOException {
        // tag::quick[]
        try (Dispatcher dispatcher = Dispatcher.on("amqp://guest:guest@localhost:5672/")
                .exchange("tasks")
                .defaultRoutingKey("mail")
                .queue("mail", "mail")
                .start()) {
            TaskHandlers handlers = TaskHandlers.create()
                    .on("greet", task -> System.out.println("hello " + task.argument(0, String.class)));
            dispatcher.worker(WorkerConfig.of("mailer", "mail", "mail").withLimit(10), handlers);
            dispatcher.publish(Task.of("greet", TaskArgument.of("Ann")));
            System.in.read();
        }
        // end::quick[]
    }

    static void publish(Dispatcher dispatcher, List<Task> tasks) {
        // tag::publish[]
        Task sent = dispatcher.publish(Task.of("resize", TaskArgument.of("cat.png"))
                .with(ArgumentType.UINT16, 640)
                .withRoutingKey("images")
                .withHeader("tenant", "acme"));
        System.out.println("sent as " + sent.uuid().orElseThrow());
        for (PublishResult result : dispatcher.publishAll(tasks)) {
            if (result.fate() != PublishResult.Fate.STORED) {
                System.err.println(result.task() + ": " + result.fate());
            }
        }
        // end::publish[]
    }

    // tag::methods[]
    /** Tasks as methods. */
    public static final class Images {
        /** Does the tasks named resize. */
        @TaskMethod(value = "resize", timeLimitSeconds = 60, uuidFirst = true)
        public void resize(String uuid, String file, int width) {
            System.out.println(uuid + ": " + file + " to " + width);
        }
    }
    // end::methods[]

    static void worker(Dispatcher dispatcher) {
        // tag::worker[]
        WorkerConfig config = WorkerConfig.of("resizer", "images", "images")
                .withLimit(4)
                .withRetry(RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(5))
                        .upTo(10))
                .withUnknown(new WorkerConfig.Unknown(Duration.ofSeconds(5), 10));
        dispatcher.worker(config, TaskHandlers.create().methodsOf(new Images()));
        // end::worker[]
    }
}
