// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.producer.TransactionalProducer;
import dev.millrace.sql.MessageQueue;
import dev.millrace.sql.MessageResult;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.vitess.VitessDataSource;
import dev.millrace.vitess.VitessException;
import dev.millrace.vitess.VitessMessage;
import dev.millrace.vitess.VitessOptions;
import dev.millrace.vitess.VitessQueue;
import dev.millrace.vitess.VitessSubscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Messages that Vitess pushes, and the broker on it; shown in docs/vitess.md. */
final class VitessClients {
    private VitessClients() {}

    static void take() throws InterruptedException {
        // tag::take[]
        try (VitessQueue queue = VitessQueue.at("vitess://vtgate:15991/shop", "order_message");
                VitessSubscription<String> subscription =
                        queue.open(row -> row.text("message"), VitessOptions.DEFAULT)) {
            while (true) {
                for (VitessMessage<String> message : subscription.take(10, Duration.ofMinutes(1))) {
                    System.out.println(message.body() + ", attempt " + message.attempt());
                    if (queue.ack(message.id()) == MessageResult.GONE) {
                        System.err.println(message.id() + " was done by another");
                    }
                }
            }
        }
        // end::take[]
    }

    static void add(Connection connection, String order) throws SQLException {
        // tag::add[]
        MessageQueue producer = MessageQueue.of("order_message", "tenant_id", "message");
        producer.on(connection).add(7, "ship " + order);
        // end::add[]
    }

    static void enqueue(String order) throws SQLException {
        // tag::enqueue[]
        try (Broker broker = Brokers.open("vitess://vtgate:15991/shop");
                VitessDataSource shop = VitessDataSource.at("vitess://vtgate:15991/shop");
                Connection connection = shop.getConnection()) {
            TransactionalProducer<Connection> producer = Producer.to((SqlBroker) broker);
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
                insert.setString(1, order);
                insert.executeUpdate();
            }
            producer.enqueue(connection, Job.of("ship", Payload.text(order)));
            connection.commit();
        }
        // end::enqueue[]
    }

    static void many(VitessQueue queue, VitessSubscription<String> subscription) throws InterruptedException {
        // tag::many[]
        List<Long> done = new ArrayList<>();
        for (VitessMessage<String> message : subscription.take(100, Duration.ofMinutes(1))) {
            try {
                System.out.println(message.body());
                done.add(message.id());
            } catch (IllegalArgumentException e) {
                queue.fail(message.id());
            } catch (IllegalStateException e) {
                queue.nack(message, Duration.ofMinutes(5));
            }
        }
        try {
            queue.ackAll(done);
        } catch (VitessException e) {
            System.err.println("some of them will come again: " + e.getMessage());
        }
        // end::many[]
    }
}
