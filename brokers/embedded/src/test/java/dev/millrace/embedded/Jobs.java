// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.List;

/** Short words for what tests do with a broker. */
final class Jobs {
    static final Duration LEASE = Duration.ofSeconds(30);

    private Jobs() {}

    static Job job(String text) {
        return Job.of("q", Payload.text(text));
    }

    static JobId stored(Broker broker, Job job) {
        EnqueueResult result = broker.send(List.of(job)).getFirst();
        assertThat(result).isInstanceOf(EnqueueResult.Stored.class);
        return ((EnqueueResult.Stored) result).id();
    }

    static Receiver receiver(Broker broker) {
        return broker.receiver(Subscription.to("q", 100_000, LEASE));
    }

    static List<Delivery> take(Receiver receiver) {
        try {
            return receiver.receive(100_000, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.payload().text()).toList();
    }

    static void ack(Receiver receiver, List<Delivery> deliveries) {
        List<Settlement> acks =
                deliveries.stream().<Settlement>map(Settlement.Ack::new).toList();
        assertThat(receiver.settle(acks)).allMatch(Settled.CONFIRMED::equals);
    }
}
