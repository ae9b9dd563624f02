// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.job.QueueName;
import dev.millrace.server.commands.Client;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which queues clients have registered for. A client that is gone is not counted. Belongs to the loop. */
final class Consumers {
    private final Map<Client, Map<QueueName, byte[]>> queues = new HashMap<>();
    private final Map<QueueName, Integer> counts = new HashMap<>();

    /**
     * Registers a client for other queues than before.
     *
     * @param client who
     * @param wanted each with its name on the wire; none is for no queue any more
     */
    void register(Client client, Map<QueueName, byte[]> wanted) {
        leave(client);
        if (!wanted.isEmpty()) {
            queues.put(client, new LinkedHashMap<>(wanted));
            wanted.keySet().forEach(queue -> counts.merge(queue, 1, Integer::sum));
            client.whenClosed(this, () -> leave(client));
        }
    }

    private void leave(Client client) {
        Map<QueueName, byte[]> before = queues.remove(client);
        if (before != null) {
            before.keySet()
                    .forEach(queue -> counts.computeIfPresent(queue, (name, count) -> count == 1 ? null : count - 1));
        }
    }

    /** The queues of a client, each with its name on the wire. */
    Map<QueueName, byte[]> of(Client client) {
        return queues.getOrDefault(client, Map.of());
    }

    /** How many clients are registered for a queue. */
    int count(QueueName queue) {
        return counts.getOrDefault(queue, 0);
    }

    /** All queues that somebody is registered for. */
    List<QueueName> all() {
        return List.copyOf(counts.keySet());
    }
}
