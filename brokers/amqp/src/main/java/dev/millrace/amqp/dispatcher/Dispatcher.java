// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpTopology;
import dev.millrace.amqp.broker.AmqpBroker;
import dev.millrace.amqp.link.Link;
import dev.millrace.amqp.link.Publication;
import dev.millrace.amqp.link.Publication.Outcome;
import dev.millrace.amqp.link.Publisher;
import dev.millrace.amqp.link.Uninterrupted;
import dev.millrace.broker.BrokerException;
import dev.millrace.worker.Event;
import dev.millrace.worker.Worker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Sends tasks by name over AMQP, and has workers that do them; dispatchers in other languages may be on either side. It
 * declares its exchange and queues, and again when a connection was lost or one of them is missing. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final int PERSISTENT = 2;

    private final DispatcherBuilder setting;
    private final Link link;
    private final Publisher publisher;
    private final Declared declared;
    private final Map<String, DispatcherWorker> workers = new ConcurrentHashMap<>();
    private final ReentrantLock starting = new ReentrantLock();
    private final CompletableFuture<AmqpException> givenUp = new CompletableFuture<>();

    Dispatcher(DispatcherBuilder setting) {
        this.setting = setting;
        this.link = new Link("dispatcher", setting.options(), TrafficListener.NO_OP);
        this.publisher = new Publisher(link);
        this.declared = new Declared(link, setting.topology());
    }

    /**
     * Begins a dispatcher.
     *
     * @param connection such as {@code amqp://guest:guest@localhost:5672/}, see {@link AmqpOptions#uri}
     * @return a builder
     */
    public static DispatcherBuilder on(String connection) {
        return on(AmqpOptions.uri(connection));
    }

    /**
     * Begins a dispatcher.
     *
     * @param options how to reach the server
     * @return a builder
     */
    public static DispatcherBuilder on(AmqpOptions options) {
        return new DispatcherBuilder(options);
    }

    /** Connects, as often as the options allow, and declares what is to be there. */
    Dispatcher connected() {
        try {
            new Connecting(setting.options().reconnection(), setting.logger()).run(declared::ensure);
            return this;
        } catch (RuntimeException e) {
            close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Publishes a task, and returns when the server has it. The calling thread may be interrupted.
     *
     * @param task the task; one without uuid gets one, one without routing key the default
     * @return the task as it was sent
     * @throws AmqpException if no queue is bound to its key, a queue refused it, or it is not known what became of it; the
     *     message says which
     */
    public Task publish(Task task) {
        PublishResult result = publishAll(List.of(task)).getFirst();
        return switch (result.fate()) {
            case STORED -> result.task();
            case UNROUTABLE ->
                throw AmqpException.lasting(
                        task + " was not stored: no queue is bound to the key \""
                                + result.task().routingKey().orElse("") + "\" of exchange "
                                + setting.topology().exchange() + "; bind one",
                        null);
            case REFUSED ->
                throw AmqpException.passing(task + " was not stored: a queue takes no more; make room there", null);
        };
    }

    /**
     * Publishes tasks, all on their way at once, and returns when all are answered.
     *
     * @param tasks the tasks
     * @return what became of each, in order
     * @throws AmqpException if that is not known of at least one; others may have been stored
     */
    public List<PublishResult> publishAll(List<Task> tasks) {
        List<Task> whole = tasks.stream().map(this::whole).toList();
        List<Publication> publications = whole.stream().map(this::publication).toList();
        try {
            declared.ensure();
            List<Outcome> outcomes = Uninterrupted.get(() -> outcomes(publications));
            List<PublishResult> results = new ArrayList<>(outcomes.size());
            for (int i = 0; i < outcomes.size(); i++) {
                results.add(new PublishResult(whole.get(i), fate(outcomes.get(i))));
            }
            return results;
        } catch (AmqpException e) {
            declared.forget();
            failed(e);
            throw e;
        }
    }

    /** A queue of ours that somebody has deleted is made again, and gets what it missed. */
    private List<Outcome> outcomes(List<Publication> all) {
        List<Outcome> outcomes = new ArrayList<>(publisher.publish(all));
        List<Integer> missed = IntStream.range(0, all.size())
                .filter(i -> outcomes.get(i) == Outcome.UNROUTABLE
                        && isBound(all.get(i).routingKey()))
                .boxed()
                .toList();
        if (!missed.isEmpty()) {
            declared.forget();
            declared.ensure();
            List<Outcome> second =
                    publisher.publish(missed.stream().map(all::get).toList());
            for (int i = 0; i < missed.size(); i++) {
                outcomes.set(missed.get(i), second.get(i));
            }
        }
        return outcomes;
    }

    private boolean isBound(String key) {
        return setting.topology().queues().stream()
                .anyMatch(queue -> queue.bindingKeys().contains(key));
    }

    private static PublishResult.Fate fate(Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> PublishResult.Fate.STORED;
            case UNROUTABLE -> PublishResult.Fate.UNROUTABLE;
            case REFUSED -> PublishResult.Fate.REFUSED;
        };
    }

    private Task whole(Task task) {
        Task named =
                task.uuid().isPresent() ? task : task.withUuid(UUID.randomUUID().toString());
        return named.routingKey().isPresent() ? named : named.withRoutingKey(setting.defaultRoutingKey());
    }

    private Publication publication(Task task) {
        BasicProperties.Builder properties =
                new BasicProperties.Builder().contentType(JSON).deliveryMode(PERSISTENT);
        if (!task.headers().isEmpty()) {
            properties.headers(task.headers());
        }
        byte[] body = TaskWriter.body(task.uuid().orElseThrow(), task.name(), task.arguments());
        return new Publication(
                setting.topology().exchange(), task.routingKey().orElseThrow(), properties.build(), body);
    }

    /**
     * Starts a worker. It has connections of its own.
     *
     * @param config its name, queue and limit
     * @param handlers the tasks that it does
     * @return the worker, at work
     * @throws IllegalArgumentException if there is one of that name that is not closed, or it knows no task
     * @throws BrokerException if the server cannot be reached now
     */
    public DispatcherWorker worker(WorkerConfig config, TaskHandlers handlers) {
        if (handlers.known().isEmpty()) {
            throw new IllegalArgumentException("worker " + config.name() + " knows no task; give it a handler");
        }
        starting.lock();
        try {
            DispatcherWorker before = workers.get(config.name());
            if (before != null && !before.isClosed()) {
                throw new IllegalArgumentException("there is a worker " + config.name() + "; give another name");
            }
            DispatcherWorker worker = started(config, handlers);
            workers.put(config.name(), worker);
            return worker;
        } finally {
            starting.unlock();
        }
    }

    private DispatcherWorker started(WorkerConfig config, TaskHandlers handlers) {
        AmqpBroker broker = AmqpBroker.builder()
                .at(setting.options())
                .sharing(new AmqpTopology(setting.topology().exchange(), List.of(config.queue())))
                .consumerTag(config.name())
                .open();
        try {
            return DispatcherWorker.start(config, handlers, broker, this::observed);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private void observed(Event event) {
        if (event instanceof Event.BrokerFailed failed
                && failed.error() instanceof BrokerException
                && failed.error().getCause() instanceof AmqpException cause) {
            failed(cause);
        }
    }

    private void failed(AmqpException e) {
        if (e.isGivenUp() && givenUp.complete(e)) {
            setting.logger().log(Level.ERROR, e.getMessage());
        }
    }

    /**
     * Looks for a worker.
     *
     * @param name its name
     * @return the worker, or empty if none of that name was started
     */
    public Optional<DispatcherWorker> workerByName(String name) {
        return Optional.ofNullable(workers.get(name));
    }

    /**
     * Tells when a connection was given up, because as many attempts failed as the options allow. Publishing is refused then,
     * and workers get nothing more: close the dispatcher.
     *
     * @return completes with the last failure, or never
     */
    public CompletionStage<AmqpException> givenUp() {
        return givenUp.minimalCompletionStage();
    }

    /** Closes with a patience of 10 seconds. May be called again. */
    @Override
    public void close() {
        close(Worker.CLOSE_PATIENCE);
    }

    /**
     * Closes its workers, then its connection.
     *
     * @param patience how long tasks may still take, in all; those that take longer are interrupted, and handed back
     */
    public void close(Duration patience) {
        List<Thread> closing = workers.values().stream()
                .map(worker -> Thread.ofPlatform().name("millrace-amqp-close").start(() -> worker.close(patience)))
                .toList();
        Uninterrupted.get(() -> {
            closing.forEach(Dispatcher::join);
            publisher.close();
            link.close();
            return true;
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Dispatcher[" + setting.options().url() + ", "
                + setting.topology().exchange() + "]";
    }
}
