// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpOptions.Reconnection;
import dev.millrace.amqp.AmqpTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects how a {@link Dispatcher} is to be. Not thread-safe. */
public final class DispatcherBuilder {
    private final List<AmqpTopology.Queue> queues = new ArrayList<>();
    private AmqpOptions options;
    private @Nullable String exchange;
    private @Nullable String defaultRoutingKey;
    private System.Logger logger = System.getLogger("dev.millrace.amqp");

    DispatcherBuilder(AmqpOptions options) {
        this.options = options.withReconnection(Reconnection.forEver(Duration.ofSeconds(1)));
    }

    /**
     * To which exchange it publishes; must be said.
     *
     * @param name its name; direct, durable, declared if it is missing
     * @return this builder
     */
    public DispatcherBuilder exchange(String name) {
        exchange = name;
        return this;
    }

    /**
     * Where tasks go that do not say it; must be said.
     *
     * @param key a routing key
     * @return this builder
     */
    public DispatcherBuilder defaultRoutingKey(String key) {
        defaultRoutingKey = key;
        return this;
    }

    /**
     * A queue that is to be there.
     *
     * @param name its name; durable, without arguments, declared if it is missing
     * @param bindingKeys the keys that are bound to it
     * @return this builder
     */
    public DispatcherBuilder queue(String name, String... bindingKeys) {
        queues.add(new AmqpTopology.Queue(name, List.of(bindingKeys)));
        return this;
    }

    /**
     * Tries to connect for ever; so it is unless something else is said, with an interval of one second.
     *
     * @param interval how long after a failed attempt the next one is made
     * @return this builder
     */
    public DispatcherBuilder reconnectForEver(Duration interval) {
        options = options.withReconnection(Reconnection.forEver(interval));
        return this;
    }

    /**
     * Tries to connect so many times in a row, then gives up, see {@link Dispatcher#givenUp}.
     *
     * @param times 1 or more
     * @param interval how long after a failed attempt the next one is made
     * @return this builder
     */
    public DispatcherBuilder reconnect(int times, Duration interval) {
        options = options.withReconnection(new Reconnection(times, interval));
        return this;
    }

    /**
     * Who is told of lost connections.
     *
     * @param log the logger; that of the name {@code dev.millrace.amqp} unless this is called
     * @return this builder
     */
    public DispatcherBuilder logger(System.Logger log) {
        logger = log;
        return this;
    }

    AmqpOptions options() {
        return options;
    }

    System.Logger logger() {
        return logger;
    }

    AmqpTopology topology() {
        return new AmqpTopology(said("exchange", exchange), queues);
    }

    String defaultRoutingKey() {
        return said("default routing key", defaultRoutingKey);
    }

    private static String said(String what, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the dispatcher has no " + what + "; give one");
        }
        return value;
    }

    /**
     * Connects and declares. Waits between attempts; an interrupt ends that.
     *
     * @return the dispatcher; the caller closes it
     * @throws IllegalArgumentException if exchange or default routing key were not said
     * @throws AmqpException if the connection was given up, or the server refuses
     */
    public Dispatcher start() {
        topology();
        defaultRoutingKey();
        return new Dispatcher(this).connected();
    }
}
