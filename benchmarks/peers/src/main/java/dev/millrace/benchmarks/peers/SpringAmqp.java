// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
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
/** Spring AMQP; arguments: host, port, and {@code publish} or {@code consume}. */
final class SpringAmqp {
    private static final String QUEUE = "spring";
    private static final int PARCEL = 1_000;
    private static final int CONSUMERS = 2;
    private static final long PATIENCE_MILLIS = 10_000;

    private final CachingConnectionFactory connections;
    private final RabbitTemplate template;
    private final RabbitAdmin admin;
    private final Message message = MessageBuilder.withBody("b".repeat(160).getBytes(StandardCharsets.UTF_8))
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
            .build();

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
        SpringAmqp spring = new SpringAmqp(connections);
        Peer.serve(arguments[2].equals("publish") ? (jobs, threads) -> spring.publish(jobs) : spring::consume);
        connections.destroy();
    }

    private long publish(int jobs) {
        admin.purgeQueue(QUEUE);
        long begin = System.nanoTime();
        for (int i = 0; i < jobs; i += PARCEL) {
            template.invoke(operations -> {
                for (int j = 0; j < PARCEL; j++) {
                    operations.send("", QUEUE, message);
                }
                operations.waitForConfirmsOrDie(PATIENCE_MILLIS);
                return true;
            });
        }
        return System.nanoTime() - begin;
    }

    private long consume(int jobs, int threads) throws InterruptedException {
        publish(jobs);
        CountDownLatch left = new CountDownLatch(jobs);
        SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(QUEUE);
        container.setConcurrentConsumers(CONSUMERS);
        container.setPrefetchCount(threads / CONSUMERS);
        container.setAcknowledgeMode(AcknowledgeMode.AUTO);
        container.setMessageListener(received -> left.countDown());
        long begin = System.nanoTime();
        container.start();
        left.await();
        long nanos = System.nanoTime() - begin;
        container.stop();
        return nanos;
    }
}
