// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Link;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A broker's tests beside a channel of the client library, on which queues are looked at, and deleted. */
abstract class RawRabbit {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> queues = new ArrayList<>();
    private final Link link = new Link("test", Rabbit.options(), TrafficListener.NO_OP);
    private final Channel channel = link.channel();

    Channel channel() {
        return channel;
    }

    String queue() {
        String name = "q-" + UUID.randomUUID();
        queues.add(name);
        return name;
    }

    static AmqpOptions options() {
        return Rabbit.options();
    }

    static AmqpBroker open() {
        return AmqpBroker.builder().at(options()).open();
    }

    static Receiver receiver(AmqpBroker broker, String... names) {
        List<QueueName> wanted = Stream.of(names).map(QueueName::new).toList();
        return broker.receiver(new Subscription(wanted, 10, LEASE, Guarantee.AT_LEAST_ONCE));
    }

    static Delivery one(Receiver receiver) throws InterruptedException {
        List<Delivery> some = receiver.receive(1, PATIENCE);
        assertThat(some).hasSize(1);
        return some.getFirst();
    }

    @AfterEach
    void cleanUp() throws IOException {
        for (String each : queues) {
            channel.queueDelete(each);
            channel.queueDelete(Terms.deadOf(each));
        }
        link.close();
    }
}
