// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import java.util.ArrayList;
import java.util.List;

/** What is still in the queue when everybody has ended. */
final class Leftovers {
    private static final int AT_ONCE = 100;

    private Leftovers() {}

    /** Takes all of it out; a job of a worker that was killed comes when its lease has ended. */
    static List<String> take(String url, String queue) throws InterruptedException {
        List<String> names = new ArrayList<>();
        try (Broker broker = Brokers.open(url);
                Receiver receiver = broker.receiver(Subscription.to(queue, AT_ONCE, WorkerPart.LEASE))) {
            List<Delivery> some = receiver.receive(AT_ONCE, WorkerPart.LEASE.multipliedBy(2));
            while (!some.isEmpty()) {
                some.forEach(delivery -> names.add(delivery.payload().text()));
                receiver.settle(
                        some.stream().<Settlement>map(Settlement.Ack::new).toList());
                some = receiver.receive(AT_ONCE, WorkerPart.LEASE.multipliedBy(2));
            }
        }
        return names;
    }

    /** How many jobs are with workers although nobody is there any more; 0 if the broker does not say. */
    static long stillLeased(String url, String queue) {
        try (Broker broker = Brokers.open(url)) {
            return broker.facet(Inspectable.class).stream()
                    .flatMap(looking -> looking.queues().stream())
                    .filter(status -> status.queue().value().equals(queue))
                    .mapToLong(status -> status.leased().orElse(0))
                    .sum();
        }
    }
}
