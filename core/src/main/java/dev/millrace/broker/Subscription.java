// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * What a worker asks of a broker. Immutable and thread-safe.
 *
 * @param queues from which queues; at least one, each once. Earlier ones are not preferred
 * @param maxInFlight how many deliveries it holds at most, received and not yet settled; 1 or more
 * @param lease for how long a delivery is the worker's own, where the broker lets the receiver decide; above zero
 * @param guarantee what may happen to a job when the worker dies
 */
public record Subscription(List<QueueName> queues, int maxInFlight, Duration lease, Guarantee guarantee) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if there is no queue or one twice, or a number is out of range
     */
    public Subscription {
        queues = List.copyOf(queues);
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs at least one queue");
        }
        if (queues.stream().distinct().count() != queues.size()) {
            throw new IllegalArgumentException("a subscription names a queue twice: " + queues);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight " + maxInFlight + " is out of range; give 1 or more");
        }
        LeaseExtending.aboveZero(lease);
    }

    /**
     * A subscription to one queue, at least once.
     *
     * @param queue which queue
     * @param maxInFlight how many deliveries it holds at most
     * @param lease for how long a delivery is the worker's own
     * @return the subscription
     */
    public static Subscription to(String queue, int maxInFlight, Duration lease) {
        return new Subscription(List.of(new QueueName(queue)), maxInFlight, lease, Guarantee.AT_LEAST_ONCE);
    }
}
