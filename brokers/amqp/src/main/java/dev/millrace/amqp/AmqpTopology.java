// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A direct exchange with queues, as a dispatcher in any language declares them: durable, without arguments, so that each may
 * repeat the other's declaration. Immutable and thread-safe.
 *
 * @param exchange the name of the exchange; it is durable and not deleted when nobody uses it
 * @param queues its queues
 */
public record AmqpTopology(String exchange, List<Queue> queues) {
    /** Keeps the list. */
    public AmqpTopology {
        queues = List.copyOf(queues);
        if (exchange.isEmpty()) {
            throw new IllegalArgumentException("the exchange has no name; give one");
        }
    }

    /**
     * A durable queue without arguments.
     *
     * @param name its name
     * @param bindingKeys messages with one of these routing keys go there
     */
    public record Queue(String name, List<String> bindingKeys) {
        /** Keeps the list. */
        public Queue {
            bindingKeys = List.copyOf(bindingKeys);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a queue has no name; give one");
            }
        }
    }

    /**
     * Looks for a queue.
     *
     * @param name its name
     * @return the queue, or empty if it is not among these
     */
    public Optional<Queue> queue(String name) {
        return queues.stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /**
     * The same exchange with one more queue.
     *
     * @param queue the queue
     * @return the topology with it
     */
    public AmqpTopology with(Queue queue) {
        List<Queue> more = new ArrayList<>(queues);
        more.add(queue);
        return new AmqpTopology(exchange, more);
    }
}
