// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpTopology;
import dev.millrace.amqp.link.Link;
import dev.millrace.broker.BrokerException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Collects how an {@link AmqpBroker} is to be. Not thread-safe. */
public final class AmqpBrokerBuilder {
    private AmqpOptions options = AmqpOptions.servers("127.0.0.1");
    private QueueKind kind = QueueKind.QUORUM;
    private boolean declaring = true;
    private @Nullable AmqpTopology topology;
    private String consumerTag = "";
    private InstantSource clock = InstantSource.system();
    private TrafficListener traffic = TrafficListener.NO_OP;

    AmqpBrokerBuilder() {}

    /**
     * Says how to reach the server.
     *
     * @param chosen the options; the default is {@code 127.0.0.1:5672} with the defaults of {@link AmqpOptions}
     * @return this builder
     */
    public AmqpBrokerBuilder at(AmqpOptions chosen) {
        options = chosen;
        return this;
    }

    /**
     * Makes classic queues, which lie on one node, instead of quorum queues. One that exists is used as it is.
     *
     * @return this builder
     */
    public AmqpBrokerBuilder classicQueues() {
        kind = QueueKind.CLASSIC;
        return this;
    }

    /**
     * Makes classic queues with ten priorities. Jobs may ask for them then, also in queues that exist and have none, where it
     * changes nothing.
     *
     * @return this builder
     */
    public AmqpBrokerBuilder priorities() {
        kind = QueueKind.CLASSIC_WITH_PRIORITIES;
        return this;
    }

    /**
     * Makes no queues, for those that others declare. Those for dead letters are made all the same.
     *
     * @return this builder
     */
    public AmqpBrokerBuilder existingQueuesOnly() {
        declaring = false;
        return this;
    }

    /**
     * Shares queues with dispatchers in any language: declares an exchange with its queues as these do, and again when one is
     * missing. Other queues are made as this builder says.
     *
     * @param shared the exchange and its queues
     * @return this builder
     */
    public AmqpBrokerBuilder sharing(AmqpTopology shared) {
        topology = shared;
        return this;
    }

    /**
     * What the server shows as the name of whoever consumes. A receiver of several queues adds a number.
     *
     * @param tag the consumer tag; one that the server makes up if this is not called
     * @return this builder
     */
    public AmqpBrokerBuilder consumerTag(String tag) {
        consumerTag = tag;
        return this;
    }

    /**
     * Gives the broker another clock for what it writes and reads of times, for tests.
     *
     * @param source the clock; the default is the machine's
     * @return this builder
     */
    public AmqpBrokerBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Tells somebody of everything that is sent, for tests. */
    AmqpBrokerBuilder traffic(TrafficListener listener) {
        traffic = listener;
        return this;
    }

    /**
     * Connects.
     *
     * @return the broker; the caller closes it
     * @throws BrokerException if no server is there, or it refuses the login
     */
    public AmqpBroker open() {
        Link sending = new Link("sending", options, traffic);
        Link receiving = new Link("receiving", options, traffic);
        Failures.told(sending::connection);
        return new AmqpBroker(
                new Site(sending, receiving, new Site.Conditions(kind, declaring, topology, consumerTag, clock)));
    }
}
