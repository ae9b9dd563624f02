// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.QueueName;
import java.util.OptionalLong;
import java.util.Set;

/** Knows when there is nothing left to do in some queues: nothing ready, leased or waiting. Thread-safe. */
public final class DrainWatch {
    private static final String PURPOSE = "--drain";

    private final Inspectable queues;
    private final Set<QueueName> watched;

    private DrainWatch(Inspectable queues, Set<QueueName> watched) {
        this.queues = queues;
        this.watched = Set.copyOf(watched);
    }

    /**
     * A watch.
     *
     * @param broker where the queues are
     * @param queues which queues
     * @return the watch
     * @throws UnsupportedFeatureException if the broker does not tell what is in its queues, or not what is leased or waits
     */
    public static DrainWatch of(Broker broker, Set<QueueName> queues) {
        if (!counts(broker)) {
            throw new UnsupportedFeatureException(broker.name(), "counting what waits or is leased", PURPOSE);
        }
        return new DrainWatch(Facets.of(broker, Inspectable.class, PURPOSE), queues);
    }

    /**
     * Whether a broker tells all that a watch has to know.
     *
     * @param broker where the queues are
     * @return false if it does not count what is leased or waits
     */
    public static boolean counts(Broker broker) {
        return broker.capabilities().peek() != Peek.COUNTS;
    }

    /**
     * Looks.
     *
     * @return true if nothing is ready, leased or waiting; false also while the broker is away for a moment
     */
    public boolean isEmpty() {
        try {
            return queues.queues().stream()
                    .filter(queue -> watched.contains(queue.queue()))
                    .allMatch(DrainWatch::isEmpty);
        } catch (BrokerException e) {
            if (e.isPassing()) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isEmpty(QueueStatus queue) {
        return count(queue.ready()) + count(queue.leased()) + count(queue.waiting()) == 0;
    }

    private static long count(OptionalLong known) {
        return known.orElseThrow(() -> new IllegalStateException("a broker that counts all jobs has no count"));
    }
}
