// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.millrace.amqp.AmqpTopology;
import java.io.IOException;

/** Declares what may be there already, in the same way. */
public final class Declaring {
    private Declaring() {}

    /**
     * Declares an exchange with its queues and bindings.
     *
     * @param channel on which channel
     * @param topology what
     * @throws IOException if the server refuses, such as something of that name that was declared in another way
     */
    public static void all(Channel channel, AmqpTopology topology) throws IOException {
        channel.exchangeDeclare(topology.exchange(), BuiltinExchangeType.DIRECT, true);
        for (AmqpTopology.Queue queue : topology.queues()) {
            channel.queueDeclare(queue.name(), true, false, false, null);
            for (String key : queue.bindingKeys()) {
                channel.queueBind(queue.name(), topology.exchange(), key);
            }
        }
    }
}
