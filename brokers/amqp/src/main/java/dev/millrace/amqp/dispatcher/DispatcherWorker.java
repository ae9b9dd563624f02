// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.broker.AmqpBroker;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import dev.millrace.worker.DecidingHandler;
import dev.millrace.worker.Failure;
import dev.millrace.worker.Health;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Observer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Does tasks of one queue until it is closed. A {@link Worker} on the broker of RabbitMQ does the work: retries, time limits,
 * dead letters in {@code QUEUE.dead}, recovery. Thread-safe.
 */
public final class DispatcherWorker implements AutoCloseable {
    private final String name;
    private final AmqpBroker broker;
    private final Worker worker;
    private volatile boolean closed;

    private DispatcherWorker(String name, AmqpBroker broker, Worker worker) {
        this.name = name;
        this.broker = broker;
        this.worker = worker;
    }

    static DispatcherWorker start(WorkerConfig config, TaskHandlers handlers, AmqpBroker broker, Observer observer) {
        Map<String, TaskHandlers.Known> known = handlers.known();
        String queue = config.queue().name();
        Worker.Builder worker = Worker.on(new TaskBroker(broker, known.keySet()))
                .name(config.name())
                .observer(observer)
                .retry(failure -> delay(config, failure))
                .queue(queue, config.limit())
                .decide(queue, nobody(known));
        known.forEach((task, how) -> worker.handle(
                JobType.of(task, queue, TaskCodec.READING).within(how.limit()),
                (written, job) -> how.handler().handle(call(written, job))));
        return new DispatcherWorker(config.name(), broker, worker.start());
    }

    private static Optional<Duration> delay(WorkerConfig config, Failure failure) {
        if (failure.error() instanceof UnknownTaskException) {
            WorkerConfig.Unknown rule = config.unknown();
            return failure.attempt() < rule.times() ? Optional.of(rule.delay()) : Optional.empty();
        }
        RetryPolicy policy = config.retry();
        boolean over = policy.lastAttempt().isPresent()
                && failure.attempt() >= policy.lastAttempt().getAsInt();
        return over ? Optional.empty() : policy.delayAfter(failure);
    }

    private static DecidingHandler<Payload> nobody(Map<String, TaskHandlers.Known> known) {
        return (payload, job) -> {
            String task = TaskReader.read(payload).name();
            throw new UnknownTaskException("task \"" + task + "\" is unknown here; known are "
                    + String.join(", ", new TreeSet<>(known.keySet())));
        };
    }

    private static TaskCall call(TaskCodec.Reading task, JobContext job) {
        TaskCall.DeliveryNote note = new TaskCall.DeliveryNote(
                job.attempt(), Boolean.parseBoolean(job.headers().get(TaskBroker.REDELIVERED)), job.headers());
        return new TaskCall(task.uuid(), task.name(), task.arguments(), note);
    }

    /**
     * What it is called.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * How it stands.
     *
     * @return the state of this moment
     */
    public Health health() {
        return worker.health();
    }

    /** Stops: takes no more tasks, and lets those that run end within 10 seconds. May be called again. */
    @Override
    public void close() {
        close(Worker.CLOSE_PATIENCE);
    }

    /**
     * Stops: takes no more tasks; those that run longer than the patience are interrupted, and handed back.
     *
     * @param patience how long tasks may still take; zero interrupts at once
     */
    public void close(Duration patience) {
        closed = true;
        worker.drain(patience);
        broker.close();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String toString() {
        return "DispatcherWorker[" + name + "]";
    }
}
