// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.producer.TransactionalProducer;
import dev.millrace.sql.Message;
import dev.millrace.sql.MessageQueue;
import dev.millrace.sql.MessageResult;
import dev.millrace.sql.MessageSubscription;
import dev.millrace.sql.SubscriptionOptions;
import dev.millrace.sql.TableReport;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.worker.Worker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs and messages in a database; shown in docs/sql.md. */
final class SqlClients {
    private SqlClients() {}

    static void byUrl() {
        // tag::url[]
        try (Broker broker = Brokers.open("jdbc:postgresql://localhost/shop?user=shop");
                Worker worker = Worker.on(broker)
                        .queue("mail", 8)
                        .handle("mail", (payload, job) -> System.out.println(payload.text()))
                        .start()) {
            Producer.to(broker).enqueue(Job.of("mail", Payload.text("hello")));
            System.out.println(worker.name() + " works");
        }
        // end::url[]
    }

    // tag::enqueue[]
    static void order(DataSource shop, SqlBroker broker, String order) throws SQLException {
        TransactionalProducer<Connection> producer = Producer.to(broker);
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
                insert.setString(1, order);
                insert.executeUpdate();
            }
            producer.enqueue(connection, Job.of("ship", Payload.text(order)));
            connection.commit();
        }
    }
    // end::enqueue[]

    // tag::spring[]
    static void order(TransactionTemplate transactions, JdbcTemplate shop, SqlBroker broker, String order) {
        TransactionalProducer<Connection> producer = Producer.to(broker);
        transactions.executeWithoutResult(status -> {
            shop.update("INSERT INTO orders VALUES (?)", order);
            shop.execute((Connection connection) -> producer.enqueue(connection, Job.of("ship", Payload.text(order))));
        });
    }
    // end::spring[]

    static SqlBroker onPool() {
        // tag::pool[]
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:mariadb://localhost/shop?user=shop&connectTimeout=10000&socketTimeout=30000");
        config.setMaximumPoolSize(20);
        HikariDataSource shop = new HikariDataSource(config);
        SqlBroker broker = SqlBroker.builder()
                .at(shop, "shop")
                .table("shop_job")
                .history(Duration.ofDays(1))
                .open();
        // end::pool[]
        return broker;
    }

    static Worker handling(SqlBroker broker) {
        // tag::handle[]
        Worker worker = Worker.on(broker)
                .queue("ship", 8)
                .handleIn("ship", (payload, job, connection) -> {
                    try (PreparedStatement update =
                            connection.prepareStatement("UPDATE orders SET shipped = 1 WHERE name = ?")) {
                        update.setString(1, payload.text());
                        update.executeUpdate();
                    }
                })
                .start();
        // end::handle[]
        return worker;
    }

    static void messages(DataSource shop, Instant due) throws SQLException, InterruptedException {
        // tag::messages[]
        MessageQueue queue = MessageQueue.of("order_message", "tenant_id", "message");
        long id = queue.on(shop).addScheduled(due, 7, "remind of order 42");
        try (MessageSubscription<String> subscription =
                queue.open(shop, row -> row.getString("message"), SubscriptionOptions.DEFAULT)) {
            for (Message<String> message : subscription.take(10, Duration.ofMinutes(2))) {
                System.out.println(message.body() + ", attempt " + message.attempt());
                if (subscription.messages().ack(message.id()) == MessageResult.GONE) {
                    System.err.println(id + " was another's by then");
                }
            }
        }
        // end::messages[]
    }

    static void check(MessageQueue queue, Connection connection) throws SQLException {
        // tag::check[]
        TableReport report = queue.check(connection);
        report.problems().forEach(System.err::println);
        report.advice().forEach(System.err::println);
        report.statements().forEach(statement -> System.out.println(statement + ";"));
        // end::check[]
    }
}
