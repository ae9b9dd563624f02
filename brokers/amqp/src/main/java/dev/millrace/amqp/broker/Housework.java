// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Publication;
import dev.millrace.broker.Settlement;
import java.io.IOException;
import java.util.List;

/** What people do to queues. */
final class Housework {
    private final Site site;

    Housework(Site site) {
        this.site = site;
    }

    /** Throws away what lies ready; what waits in the ladder waits among jobs of other queues, and stays. */
    long purge(String queue) {
        site.rest();
        return site.queues()
                .ask("purging queue " + queue, open ->
                        (long) open.queuePurge(queue).getMessageCount())
                .orElse(0L);
    }

    long redrive(String queue, int max) {
        String dead = Terms.deadOf(queue);
        long there = Math.min(max, site.queues().counts(dead).orElse(0L));
        if (there == 0) {
            return 0;
        }
        site.ensure(queue);
        Channel channel = site.receiving().channel();
        try {
            long done = 0;
            while (done < there) {
                GetResponse got = channel.basicGet(dead, false);
                if (got == null) {
                    return done;
                }
                long number = got.getEnvelope().getDeliveryTag();
                Message message = new Message(dead, number, false, got.getProps(), got.getBody());
                site.publish(List.of(
                        new Publication("", queue, Marks.revived(message, Settlement.REASON_HEADER), message.body())));
                channel.basicAck(number, false);
                done++;
            }
            return done;
        } catch (IOException | RuntimeException e) {
            throw Causes.told("redriving the dead letters of queue " + queue, e);
        } finally {
            Channels.close(channel);
        }
    }
}
