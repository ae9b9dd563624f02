// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.millrace.amqp.AmqpTopology;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Declaring;
import dev.millrace.amqp.link.Link;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Declares exchange and queues once on each connection, and again when something may be missing. Thread-safe. */
final class Declared {
    private final Link link;
    private final AmqpTopology topology;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Connection on;

    Declared(Link link, AmqpTopology topology) {
        this.link = link;
        this.topology = topology;
    }

    void ensure() {
        Connection current = link.connection();
        if (current.equals(on)) {
            return;
        }
        lock.lock();
        try {
            declare();
            on = current;
        } finally {
            lock.unlock();
        }
    }

    private void declare() {
        Channel channel = link.channel();
        try {
            Declaring.all(channel, topology);
        } catch (IOException | RuntimeException e) {
            throw Causes.told("declaring exchange " + topology.exchange() + " and its queues", e);
        } finally {
            Channels.close(channel);
        }
    }

    void forget() {
        on = null;
    }
}
