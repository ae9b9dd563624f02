// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/*
 * The container acknowledges by itself, as it does unless told otherwise. Its consumers and its prefetch are those with which it was
 * quickest here: two consumers, so many messages for each that as many as its threads are on their way. The template publishes parcels
 * on one channel, and waits for the confirms of each parcel: the quickest safe way that its reference shows.
 */
/** Spring AMQP; arguments: host and port. */
final class SpringAmqp implements Peer {
    private static final String QUEUE = "spring";
    private static final int CONSUMERS = 2;
    private static final long PATIENCE_MILLIS = 10_000;

    /** Beside a payload, so that a message is about as large as one of the dispatcher's. */
    private static final String FILLING = " ".repeat(96);

    private final CachingConnectionFactory connections;
    private final RabbitTemplate template;
    private final RabbitAdmin admin;

    private SpringAmqp(CachingConnectionFactory connections) {
        this.connections = connections;
        this.template = new RabbitTemplate(connections);
        this.admin = new RabbitAdmin(connections);
        admin.declareQueue(new Queue(QUEUE, true));
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        CachingConnectionFactory connections =
                new CachingConnectionFactory(arguments[0], Integer.parseInt(arguments[1]));
        connections.setPublisherConfirmType(ConfirmType.SIMPLE);
        Turns.serve(new SpringAmqp(connections));
    }

    @Override
    public void clear() {
        admin.purgeQueue(QUEUE);
    }

    @Override
    public void enqueue(List<String> payloads) {
        template.invoke(operations -> {
            payloads.forEach(payload -> operations.send("", QUEUE, message(payload)));
            operations.waitForConfirmsOrDie(PATIENCE_MILLIS);
            return true;
        });
    }

    private static Message message(String payload) {
        return MessageBuilder.withBody((payload + FILLING).getBytes(StandardCharsets.UTF_8))
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .build();
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(QUEUE);
        container.setConcurrentConsumers(CONSUMERS);
        container.setPrefetchCount(threads / CONSUMERS);
        container.setAcknowledgeMode(AcknowledgeMode.AUTO);
        container.setMessageListener(
                received -> handler.accept(new String(received.getBody(), StandardCharsets.UTF_8).strip()));
        container.start();
        return container::stop;
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
