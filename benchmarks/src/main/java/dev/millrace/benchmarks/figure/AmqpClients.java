// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.amqp.dispatcher.Dispatcher;
import dev.millrace.amqp.dispatcher.Task;
import dev.millrace.amqp.dispatcher.TaskArgument;
import dev.millrace.amqp.dispatcher.TaskHandlers;
import dev.millrace.amqp.dispatcher.WorkerConfig;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.testkit.servers.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/*
 * The queues are classic and durable, as the dispatcher declares them. A task of one string is a message of about as many bytes
 * as the body of the bare loops.
 */
/** The dispatcher beside bare loops of the client library, on one RabbitMQ. */
final class AmqpClients implements Figure {
    private static final String OURS = "millrace";
    private static final String BARE = "bare";
    private static final int TASKS = 50_000;
    static final int LIMIT = 50;
    private static final int WINDOW = 2_000;
    private static final byte[] BODY = "b".repeat(160).getBytes(StandardCharsets.UTF_8);
    private static final Task TASK = Task.of("empty", TaskArgument.of("b".repeat(64)));

    @Override
    public String name() {
        return "amqp-client";
    }

    @Override
    public String what() {
        return "tasks published with confirms from one thread, and worked off by a dispatcher's worker of limit 50; beside bare loops"
                + " with the same window and prefetch; tasks/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (RabbitServer rabbit = RabbitServer.start()) {
            int tasks = bench.options().jobs(TASKS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
            BareAmqp bare = new BareAmqp(rabbit.port(), BARE, Map.of());
            report(
                    bench,
                    "tasks/s published with confirms, one thread",
                    () -> publish(rabbit, tasks),
                    () -> bare.publish(tasks, WINDOW, BODY));
            report(
                    bench,
                    "tasks/s worked off, limit " + LIMIT,
                    () -> consume(rabbit, tasks),
                    () -> bare.consume(tasks, LIMIT, BODY));
        }
    }

    private static void report(Bench bench, String what, Rounds.Turn ours, Rounds.Turn bare) throws Exception {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put(OURS, ours);
        turns.put(BARE, bare);
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        bench.report()
                .line(Line.of(what, rounds.of(OURS).rate())
                        .beside("bare loop", rounds.of(BARE).rate())
                        .ratio(rounds.ratio(OURS, BARE))
                        .atLeast(rounds.ratio(OURS, BARE).median(), 0.8, " ×"));
    }

    private static Dispatcher dispatcher(RabbitServer rabbit) {
        return Dispatcher.on("amqp://guest:guest@" + rabbit.address())
                .exchange("tasks")
                .defaultRoutingKey("empty")
                .queue("empty", "empty")
                .start();
    }

    static double publish(RabbitServer rabbit, int tasks) {
        try (Dispatcher dispatcher = dispatcher(rabbit)) {
            long begin = System.nanoTime();
            dispatcher.publishAll(Collections.nCopies(tasks, TASK));
            double rate = tasks / ((System.nanoTime() - begin) / 1e9);
            rabbit.control("purge_queue", "empty");
            return rate;
        }
    }

    static double consume(RabbitServer rabbit, int tasks) throws InterruptedException {
        try (Dispatcher dispatcher = dispatcher(rabbit)) {
            List<Task> parcel = Collections.nCopies(WorkingOff.PARCEL, TASK);
            for (int i = 0; i < tasks; i += WorkingOff.PARCEL) {
                dispatcher.publishAll(parcel);
            }
            CountDownLatch left = new CountDownLatch(tasks);
            long begin = System.nanoTime();
            dispatcher.worker(
                    WorkerConfig.of("bench", "empty", "empty").withLimit(LIMIT),
                    TaskHandlers.create().on("empty", task -> left.countDown()));
            left.await();
            dispatcher.close(Duration.ofSeconds(10));
            return tasks / ((System.nanoTime() - begin) / 1e9);
        }
    }
}
