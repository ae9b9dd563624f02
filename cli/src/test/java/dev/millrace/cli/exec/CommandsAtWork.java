// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.job.Job;
import dev.millrace.producer.Producer;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A worker that runs a command for the jobs of the queue {@code q}, and remembers what became of them. */
final class CommandsAtWork implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Broker broker = Brokers.open("mem:");
    final ShellHandler handler;
    final Worker worker;

    CommandsAtWork(String command) {
        this(command, Duration.ofMinutes(1), ProcessGroup.leader(System.getenv("PATH")));
    }

    CommandsAtWork(String command, Duration timeLimit, List<String> leader) {
        Streams streams = Streams.of(InputStream.nullInputStream(), print(out), print(err));
        handler = new ShellHandler(new Shell(command, streams, leader));
        worker = Worker.on(broker)
                .queue("q", 4)
                .decide("q", handler)
                .timeLimit(timeLimit)
                .retry(RetryPolicy.never())
                .observer(events::add)
                .start();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Enqueues a job and waits for what its attempt ends with. */
    Outcome run(Job job) throws Exception {
        enqueue(job);
        return outcome();
    }

    void enqueue(Job job) {
        Producer.to(broker).enqueue(job);
    }

    Outcome outcome() throws Exception {
        WaitFor.until(
                "a command ends", PATIENCE, () -> !of(Event.Finished.class).isEmpty());
        return of(Event.Finished.class).getFirst().outcome();
    }

    /** Why the first failed attempt failed. */
    String failure() {
        return of(Event.Failed.class).getFirst().failure().error().toString();
    }

    <E extends Event> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        worker.drain(Duration.ZERO);
        broker.close();
    }
}
