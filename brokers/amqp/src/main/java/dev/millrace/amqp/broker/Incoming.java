// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Publication;
import dev.millrace.broker.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sorts out what came: jobs for workers, jobs that expired, and jobs that must wait another round. */
final class Incoming {
    private final Site site;
    private final AmqpReceiver receiver;

    Incoming(Site site, AmqpReceiver receiver) {
        this.site = site;
        this.receiver = receiver;
    }

    /** The jobs for workers; if they come at most once, the server has forgotten them by then. */
    List<Delivery> deliveries(Session session, List<Message> came, boolean once) {
        if (came.isEmpty()) {
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>(came.size());
        List<Long> over = new ArrayList<>();
        List<Publication> again = new ArrayList<>();
        Instant now = site.clock().instant();
        for (Message message : came) {
            boolean waits = Marks.more(message) > 0;
            if (waits) {
                again.add(site.waiting(
                        message.queue(),
                        Duration.ofMillis(Marks.more(message)),
                        Marks.again(message, Map.of(), Marks.attempts(message)),
                        message.body()));
            }
            boolean gone = waits || Marks.isExpired(message, now);
            if (!gone) {
                deliveries.add(Marks.delivery(message, new AmqpTag(receiver, session, message)));
            }
            if (gone || once) {
                over.add(message.number());
            }
        }
        site.publish(again);
        if (!over.isEmpty() && !session.acknowledge(over)) {
            throw AmqpException.passing("the channel was lost while receiving", null);
        }
        if (once && !over.isEmpty()) {
            session.barrier();
        }
        return deliveries;
    }
}
