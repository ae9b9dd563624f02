// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.job.Job;
import java.util.HashMap;
import java.util.Map;

/*
 * A queue that exists is used as it is, whoever declared it and however. So what is asked for here may differ from version to
 * version of the server: since 4.0 a quorum queue forgets what came back twenty times, unless it is told otherwise, and before
 * that it did not know the word for otherwise.
 */
/** How queues are declared that do not exist yet. */
enum QueueKind {
    /** Copied to a majority of the nodes, and synced. */
    QUORUM,
    /** On one node. */
    CLASSIC,
    /** On one node, with priorities. */
    CLASSIC_WITH_PRIORITIES;

    private static final int UNLIMITED = -1;

    boolean priorities() {
        return this == CLASSIC_WITH_PRIORITIES;
    }

    /** The arguments of a queue for jobs. */
    Map<String, Object> arguments(int serverMajor) {
        Map<String, Object> arguments = plain(serverMajor);
        if (priorities()) {
            arguments.put("x-max-priority", Job.HIGHEST_PRIORITY);
        }
        return arguments;
    }

    /** The arguments of a queue in which jobs wait, before they go on to an exchange under the key that they came with. */
    Map<String, Object> waiting(int serverMajor, long millis, String nextExchange) {
        Map<String, Object> arguments = plain(serverMajor);
        arguments.put("x-message-ttl", millis);
        arguments.put("x-dead-letter-exchange", nextExchange);
        if (this == QUORUM) {
            arguments.put("x-dead-letter-strategy", "at-least-once");
            arguments.put("x-overflow", "reject-publish");
        }
        return arguments;
    }

    /** The arguments of a queue without priorities. */
    Map<String, Object> plain(int serverMajor) {
        Map<String, Object> arguments = new HashMap<>();
        if (this == QUORUM) {
            arguments.put("x-queue-type", "quorum");
            if (serverMajor >= 4) {
                arguments.put("x-delivery-limit", UNLIMITED);
            }
        }
        return arguments;
    }
}
