// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Loops of the bare client library on one queue: what stands beside everything that is built on it. */
final class BareAmqp {
    private final int port;
    private final String queue;
    private final Map<String, Object> arguments;

    BareAmqp(int port, String queue, Map<String, Object> arguments) {
        this.port = port;
        this.queue = queue;
        this.arguments = arguments;
    }

    private Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(port);
        return factory.newConnection();
    }

    /** Publishes so many messages with so many unconfirmed at most; messages a second until the last is confirmed. */
    double publish(int messages, int window, byte[] body) throws Exception {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(queue, true, false, false, arguments);
            channel.queuePurge(queue);
            return publish(channel, messages, window, body);
        }
    }

    private double publish(Channel channel, int messages, int window, byte[] body) throws Exception {
        Semaphore room = new Semaphore(window);
        channel.addConfirmListener(new Confirmed(room), new Confirmed(room));
        channel.confirmSelect();
        BasicProperties properties = MessageProperties.PERSISTENT_TEXT_PLAIN;
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            room.acquire();
            channel.basicPublish("", queue, true, properties, body);
        }
        room.acquire(window);
        return messages / ((System.nanoTime() - begin) / 1e9);
    }

    /** Gives room for as many as an answer of the server is for. */
    private static final class Confirmed implements com.rabbitmq.client.ConfirmCallback {
        private final Semaphore room;
        private long last;

        Confirmed(Semaphore room) {
            this.room = room;
        }

        @Override
        public void handle(long number, boolean multiple) {
            room.release(multiple ? (int) (number - last) : 1);
            last = number;
        }
    }

    /** Consumes and acknowledges one by one what was put there before, so many unacknowledged at most; messages a second. */
    double consume(int messages, int prefetch, byte[] body) throws Exception {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(queue, true, false, false, arguments);
            channel.queuePurge(queue);
            publish(connection.createChannel(), messages, WorkingOff.PARCEL, body);
            CountDownLatch left = new CountDownLatch(messages);
            channel.basicQos(prefetch);
            long begin = System.nanoTime();
            channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] payload)
                        throws IOException {
                    channel.basicAck(envelope.getDeliveryTag(), false);
                    left.countDown();
                }
            });
            left.await();
            return messages / ((System.nanoTime() - begin) / 1e9);
        }
    }
}
