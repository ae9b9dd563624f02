// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Link;
import dev.millrace.amqp.link.Publication;
import dev.millrace.amqp.link.Publisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * AMQP has no way to list queues. So there is a queue with the names of all queues that were made here, one message for each;
 * whoever lists them takes all of them and gives them back by closing the channel. A name is written before its queue is made,
 * so none is missing; one whose queue was deleted is found out when it is looked at. Two who list
 * at the same moment share the names among them, and each sees fewer.
 */
/** The names of the queues that were made here. Thread-safe. */
final class Registry {
    static final String QUEUE = "millrace.queues";

    private final Link link;
    private final Publisher publisher;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean declared;

    Registry(Link link, Publisher publisher) {
        this.link = link;
        this.publisher = publisher;
    }

    void add(String queue) {
        lock.lock();
        try {
            for (int attempt = 0; attempt < 2; attempt++) {
                if (!declared || attempt > 0) {
                    declare();
                }
                BasicProperties properties =
                        new BasicProperties.Builder().deliveryMode(2).build();
                List<Publication.Outcome> outcomes = publisher.publish(
                        List.of(new Publication("", QUEUE, properties, queue.getBytes(StandardCharsets.UTF_8))));
                if (outcomes.getFirst() == Publication.Outcome.CONFIRMED) {
                    return;
                }
            }
            throw AmqpException.passing("queue " + QUEUE + " does not take the name of queue " + queue, null);
        } finally {
            lock.unlock();
        }
    }

    private void declare() {
        Channel channel = link.channel();
        try {
            channel.queueDeclare(QUEUE, true, false, false, null);
            declared = true;
        } catch (IOException | RuntimeException e) {
            if (Causes.code(e) != AMQP.PRECONDITION_FAILED) {
                throw Causes.told("declaring queue " + QUEUE, e);
            }
            declared = true;
        } finally {
            Channels.abort(channel);
        }
    }

    /** All names, sorted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        declare();
        Channel channel = link.channel();
        try {
            @Nullable GetResponse next = channel.basicGet(QUEUE, false);
            while (next != null) {
                boolean twice = !names.add(new String(next.getBody(), StandardCharsets.UTF_8));
                if (twice) {
                    channel.basicAck(next.getEnvelope().getDeliveryTag(), false);
                }
                next = channel.basicGet(QUEUE, false);
            }
            return names;
        } catch (IOException | RuntimeException e) {
            throw Causes.told("reading queue " + QUEUE, e);
        } finally {
            Channels.close(channel);
        }
    }
}
