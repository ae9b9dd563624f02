// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A table of its user's for a queue, which no other test uses. */
abstract class MessageTable {
    static final Duration LONG = Duration.ofSeconds(30);

    final String table = "m_" + UUID.randomUUID().toString().replace('-', '_');
    final SqlServer server = server();
    final DataSource pool = TestDatabase.source(server);
    final SqlClient client = new SqlClient(pool);
    final MessageQueue queue = MessageQueue.of(table, "tenant_id", "message");
    final Messages messages = queue.on(pool);
    private final List<MessageSubscription<?>> opened = new ArrayList<>();

    abstract SqlServer server();

    /** What a message is read as. */
    record Order(long tenant, @Nullable String text) {}

    @BeforeEach
    void createTable() {
        client.run("CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY, priority SMALLINT NOT NULL DEFAULT 50,"
                + " epoch BIGINT NOT NULL DEFAULT 0, time_next BIGINT DEFAULT 0, time_acked BIGINT DEFAULT NULL,"
                + " tenant_id BIGINT, message VARCHAR(200))");
        client.run("CREATE INDEX " + table + "_poller ON " + table + " (time_acked, priority, time_next)");
    }

    @AfterEach
    void dropTable() {
        opened.forEach(MessageSubscription::close);
        client.drop(table);
    }

    final MessageSubscription<Order> open(SubscriptionOptions options) throws SQLException {
        MessageSubscription<Order> subscription =
                queue.open(pool, row -> new Order(row.getLong("tenant_id"), row.getString("message")), options);
        opened.add(subscription);
        return subscription;
    }

    final MessageSubscription<Order> open() throws SQLException {
        return open(SubscriptionOptions.DEFAULT);
    }

    static List<@Nullable String> texts(List<Message<Order>> taken) {
        return taken.stream()
                .<@Nullable String>map(message -> message.body().text())
                .toList();
    }
}
