// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Link;
import dev.millrace.broker.Broker;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.conformance.RealTimeHarness;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.conformance.Timing;
import dev.millrace.testkit.servers.RabbitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Puts {@code amqp:} through the contract, against a real RabbitMQ, by the real clock. A server serves one test at a time. */
final class AmqpHarness extends RealTimeHarness {
    private static final Duration OUTAGE = Duration.ofSeconds(12);

    private final RabbitServer server = Rabbit.take();
    private final List<String> queues = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    private final TrafficListener traffic = new TrafficListener() {
        @Override
        public void write(Command command) {
            sent.incrementAndGet();
        }

        @Override
        public void read(Command command) {}
    };

    @Override
    public String name() {
        return "amqp:";
    }

    @Override
    public Broker open() {
        return AmqpBroker.builder()
                .at(AmqpOptions.servers(server.address()))
                .traffic(traffic)
                .open();
    }

    @Override
    public Timing timing() {
        return Timing.real(Duration.ofSeconds(2));
    }

    @Override
    public QueueName freshQueue() {
        String name = "q-" + UUID.randomUUID();
        queues.add(name);
        return new QueueName(name);
    }

    @Override
    protected void restartServer() {
        server.stop();
        server.restart();
    }

    @Override
    protected void crashServer() {
        server.kill();
        server.restart();
    }

    @Override
    public Duration outage() {
        return OUTAGE;
    }

    @Override
    public Optional<ServerControl> server() {
        return Optional.of(new ServerControl(server::kill, server::restart));
    }

    /** A quorum queue is a small cluster. */
    @Override
    public int manyQueues() {
        return 100;
    }

    @Override
    public Object trace(Broker broker) {
        return sent.get();
    }

    @Override
    public void close() {
        super.close();
        if (!queues.isEmpty()) {
            clear();
        }
        Rabbit.give(server);
    }

    private void clear() {
        queues.add(Registry.QUEUE);
        try (Link link = new Link("cleaning up", AmqpOptions.servers(server.address()), TrafficListener.NO_OP)) {
            Channel channel = link.channel();
            for (String queue : queues) {
                channel.queueDelete(queue);
                channel.queueDelete(Terms.deadOf(queue));
            }
            Channels.close(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
