// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.QueueName;
import java.util.OptionalLong;
import java.util.Set;

/** Knows when there is nothing left to do in some queues: nothing ready, leased or waiting. Thread-safe. */
public final class DrainWatch {
    private static final String PURPOSE = "--drain";

    private final String broker;
    private final Inspectable queues;
    private final Set<QueueName> watched;

    private DrainWatch(String broker, Inspectable queues, Set<QueueName> watched) {
        this.broker = broker;
        this.queues = queues;
        this.watched = Set.copyOf(watched);
    }

    /**
     * A watch.
     *
     * @param broker where the queues are
     * @param queues which queues
     * @return the watch
     * @throws UnsupportedFeatureException if the broker does not tell what is in its queues
     */
    public static DrainWatch of(Broker broker, Set<QueueName> queues) {
        return new DrainWatch(broker.name(), Facets.of(broker, Inspectable.class, PURPOSE), queues);
    }

    /**
     * Looks.
     *
     * @return true if nothing is ready, leased or waiting; false also while the broker is away for a moment
     * @throws UnsupportedFeatureException if the broker does not count all of that
     */
    public boolean isEmpty() {
        try {
            return queues.queues().stream()
                    .filter(queue -> watched.contains(queue.queue()))
                    .allMatch(this::isEmpty);
        } catch (BrokerException e) {
            if (e.isPassing()) {
                return false;
            }
            throw e;
        }
    }

    private boolean isEmpty(QueueStatus queue) {
        return count(queue.ready()) + count(queue.leased()) + count(queue.waiting()) == 0;
    }

    private long count(OptionalLong known) {
        return known.orElseThrow(
                () -> new UnsupportedFeatureException(broker, "count what waits or is leased", PURPOSE));
    }
}
