// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.MessageQueue;
import dev.millrace.sql.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A message table of a test's own, and its queue. */
abstract class VitessTable {
    static final Duration LONG = Duration.ofSeconds(10);
    static final Duration AT_ONCE = Duration.ofMillis(300);
    private static final String OPTIONS = "vitess_message,vt_ack_wait=1,vt_min_backoff=0,vt_purge_after=86400,"
            + "vt_batch_size=10,vt_cache_size=10000,vt_poller_interval=0.2";

    final VitessSite site = site();
    final String table = "m_" + UUID.randomUUID().toString().replace('-', '_');
    final MessageQueue producer = MessageQueue.of(table, "tenant_id", "message");
    final Messages messages = producer.on(site.jdbc());
    final VitessQueue queue = VitessQueue.at(site.url(), table);

    abstract VitessSite site();

    /** What a message is read as. */
    record Order(long tenant, @Nullable String text) {}

    @BeforeEach
    void createTable() throws SQLException {
        execute("CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY, priority SMALLINT NOT NULL DEFAULT 50,"
                + " epoch BIGINT NOT NULL DEFAULT 0, time_next BIGINT DEFAULT 0, time_acked BIGINT DEFAULT NULL,"
                + " tenant_id BIGINT, message VARCHAR(16000), KEY " + table
                + "_poller (time_acked, priority, time_next)) COMMENT '" + options() + "'");
        site.made(table);
    }

    String options() {
        return OPTIONS + ",vt_message_cols=id|epoch|tenant_id|message";
    }

    @AfterEach
    void dropTable() throws SQLException {
        queue.close();
        site.dropped(table);
        execute("DROP TABLE IF EXISTS " + table);
        site.close();
    }

    void execute(String statement) throws SQLException {
        try (Connection connection = site.jdbc().getConnection();
                Statement executing = connection.createStatement()) {
            executing.execute(statement);
        }
    }

    long number(String question) {
        try (Connection connection = site.jdbc().getConnection();
                Statement executing = connection.createStatement();
                var rows = executing.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    long count(String where) {
        return number("SELECT COUNT(*) FROM " + table + " WHERE " + where);
    }

    VitessSubscription<Order> open(VitessOptions options) {
        return queue.open(row -> new Order(row.number("tenant_id"), row.textOrNull("message")), options);
    }

    VitessSubscription<Order> open() {
        return open(VitessOptions.DEFAULT);
    }

    static VitessMessage<Order> next(VitessSubscription<Order> subscription) throws InterruptedException {
        return subscription.take(LONG).orElseThrow();
    }
}
