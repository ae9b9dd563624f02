// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpTopology;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Link;
import dev.millrace.amqp.link.Publication;
import dev.millrace.amqp.link.Publication.Outcome;
import dev.millrace.amqp.link.Publisher;
import dev.millrace.broker.BrokerException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the parts of a broker share: its connections, one for each direction, for the server may stop to read from those that publish. */
final class Site {
    private final Link sending;
    private final Link receiving;
    private final Publisher publisher;
    private final Queues queues;
    private final Registry registry;
    private final Conditions conditions;
    private final Set<AmqpReceiver> receivers = ConcurrentHashMap.newKeySet();
    /** Not the publisher's watch: that must look on while a receiver that rests hangs in the socket. */
    private final ScheduledThreadPoolExecutor timer;

    private volatile boolean closed;

    /** How this broker is to be. */
    record Conditions(
            QueueKind kind,
            boolean declaring,
            @Nullable AmqpTopology topology,
            String consumerTag,
            InstantSource clock) {}

    Site(Link sending, Link receiving, Conditions conditions) {
        this.sending = sending;
        this.receiving = receiving;
        this.conditions = conditions;
        this.publisher = new Publisher(sending);
        this.registry = new Registry(sending, publisher);
        this.queues = new Queues(sending, conditions, registry);
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("millrace-amqp-rest").daemon(true).factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    String name() {
        return sending.options().url();
    }

    QueueKind kind() {
        return conditions.kind();
    }

    InstantSource clock() {
        return conditions.clock();
    }

    String consumerTag() {
        return conditions.consumerTag();
    }

    Link receiving() {
        return receiving;
    }

    Link sending() {
        return sending;
    }

    Queues queues() {
        return queues;
    }

    Registry registry() {
        return registry;
    }

    void checkOpen() {
        if (closed) {
            throw BrokerException.lasting("broker " + name() + " is closed", null);
        }
    }

    /** Makes sure that a queue is there, if this broker may make any. */
    void ensure(String queue) {
        if (conditions.declaring()) {
            queues.ensure(queue);
        }
    }

    /** A message that goes to a queue when its time has come. */
    Publication waiting(String queue, Duration delay, BasicProperties properties, byte[] body) {
        queues.ensureWaiting(queue);
        Ladder.Way way = Ladder.way(delay);
        return new Publication(way.exchange(), queue, Marks.with(properties, way.headers()), body);
    }

    /** Publishes messages that must arrive. */
    void publish(List<Publication> all) {
        List<Outcome> outcomes = outcomes(all);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) != Outcome.CONFIRMED) {
                String queue = all.get(i).routingKey();
                throw AmqpException.passing(
                        outcomes.get(i) == Outcome.UNROUTABLE
                                ? "there is no queue " + queue + " any more"
                                : "queue " + queue + " takes no more; make room there",
                        null);
            }
        }
    }

    /** Publishes messages; those for which a queue was missing once more, after it was made. */
    List<Outcome> outcomes(List<Publication> all) {
        List<Outcome> outcomes = attempted(all);
        if (!outcomes.contains(Outcome.UNROUTABLE)) {
            return outcomes;
        }
        List<Publication> missed = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (outcomes.get(i) == Outcome.UNROUTABLE) {
                missed.add(all.get(i));
                queues.forget(all.get(i).routingKey());
                boolean waits = !all.get(i).exchange().isEmpty();
                if (waits) {
                    queues.forgetLadder();
                }
                ensure(all.get(i).routingKey());
                if (waits) {
                    queues.ensureWaiting(all.get(i).routingKey());
                }
            }
        }
        List<Outcome> second = publisher.publish(missed);
        List<Outcome> together = new ArrayList<>(outcomes);
        int next = 0;
        for (int i = 0; i < together.size(); i++) {
            together.set(i, together.get(i) == Outcome.UNROUTABLE ? second.get(next++) : together.get(i));
        }
        return together;
    }

    /** An exchange that is gone closes the channel, and is one of the ladder's. */
    private List<Outcome> attempted(List<Publication> all) {
        try {
            return publisher.publish(all);
        } catch (AmqpException e) {
            if (Causes.code(e) == AMQP.NOT_FOUND) {
                queues.forgetLadder();
            }
            throw e;
        }
    }

    void opened(AmqpReceiver receiver) {
        receivers.add(receiver);
    }

    void closed(AmqpReceiver receiver) {
        receivers.remove(receiver);
    }

    /** Has every receiver hold no more than its worker asked for, so that what is counted next is in the queues. */
    void rest() {
        receivers.forEach(AmqpReceiver::rest);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Resting throws nothing, and nobody waits for it.
    void later(long nanos, Runnable action) {
        try {
            timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The broker was closed.
        }
    }

    void close() {
        closed = true;
        timer.shutdown();
        List.copyOf(receivers).forEach(AmqpReceiver::close);
        queues.close();
        publisher.close();
        sending.close();
        receiving.close();
    }
}
