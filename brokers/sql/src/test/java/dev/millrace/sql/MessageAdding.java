// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How messages come into the table, in transactions or not. */
abstract class MessageAdding extends MessageTableChecks {
    @Test
    void messagesOfATransactionAreThereIfItCommits() throws Exception {
        MessageSubscription<Order> subscription = open();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            queue.on(connection).add(1, "never");
            assertThat(subscription.take(Duration.ofMillis(100))).isEmpty();
            connection.rollback();
            queue.on(connection).add(1, "there");
            connection.commit();
        }
        assertThat(texts(subscription.take(10, LONG))).containsExactly("there");
    }

    @Test
    void idThatAnotherProcessGaveIsDrawnAnew() throws Exception {
        ManualTime still = new ManualTime();
        Messages one = queue.withClock(still, 7).on(pool);
        Messages other = queue.withClock(still, 7).on(pool);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(one.add(i, "one"));
            ids.addAll(other.addAll(still.instant(), List.of(new Object[] {i, "other"}, new Object[] {i, "other"})));
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(messages.ackAll(ids)).isZero();
    }

    @Test
    void idThatAnotherProcessGaveIsDrawnAnewInATransactionThatCanGoOn() throws Exception {
        ManualTime still = new ManualTime();
        long first = queue.withClock(still, 7).on(pool).add(1, "one");
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Messages same = queue.withClock(still, 7).on(connection);
            if (server instanceof PostgresServer) {
                assertThatExceptionOfType(SQLTransientException.class)
                        .isThrownBy(() -> same.add(2, "two"))
                        .withMessageContaining("roll the transaction back");
                connection.rollback();
            }
            long second = same.add(2, "two");
            connection.commit();
            assertThat(messages.ackAll(List.of(first, second))).isZero();
        }
    }

    @Test
    void duplicateInAColumnOfTheUsersIsNoClashOfIds() throws Exception {
        client.run("CREATE UNIQUE INDEX " + table + "_tenant ON " + table + " (tenant_id)");
        messages.add(1, "one");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> messages.add(1, "two"));
    }

    @Test
    void acknowledgementOfATransactionHoldsIfItCommits() throws Exception {
        long id = messages.add(1, "pay");
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(queue.on(connection).ack(id)).isEqualTo(MessageResult.DONE);
            connection.rollback();
        }
        assertThat(messages.ack(id)).isEqualTo(MessageResult.DONE);
    }

    @Test
    void manyMessagesAreAddedWithFewStatements() throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 237; i++) {
            rows.add(new Object[] {i, "message " + i});
            expected.add("message " + i);
        }
        List<Long> ids = messages.addAll(Instant.now(), rows);
        assertThat(ids).hasSize(237).isSorted().doesNotHaveDuplicates();
        List<@Nullable String> taken = new ArrayList<>();
        MessageSubscription<Order> subscription = open();
        while (taken.size() < 237) {
            taken.addAll(texts(subscription.take(100, LONG)));
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(messages.ackAll(ids)).isZero();
        assertThat(messages.ackAll(ids.subList(0, 3))).isEqualTo(3);
    }

    @Test
    void wrongNumberOfValuesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> messages.add(1)).withMessageContaining("2 columns");
    }
}
