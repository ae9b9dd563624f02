// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue over a table of its user's; the same on every database. */
abstract class MessageQueueTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SubscriptionOptions SHORT =
            SubscriptionOptions.DEFAULT.withAckWait(Duration.ofMillis(300)).withBackoff(Duration.ZERO, Duration.ZERO);

    private final String table = "m_" + UUID.randomUUID().toString().replace('-', '_');
    private final SqlServer server = server();
    private final DataSource pool = TestDatabase.source(server);
    private final MessageQueue queue = MessageQueue.of(table, "tenant_id", "message");
    private final Messages messages = queue.on(pool);
    private final List<MessageSubscription<?>> opened = new ArrayList<>();

    abstract SqlServer server();

    /** What a message is read as. */
    private record Order(long tenant, @Nullable String text) {}

    @BeforeEach
    void createTable() throws SQLException {
        execute("CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY, priority SMALLINT NOT NULL DEFAULT 50,"
                + " epoch BIGINT NOT NULL DEFAULT 0, time_next BIGINT DEFAULT 0, time_acked BIGINT DEFAULT NULL,"
                + " tenant_id BIGINT, message VARCHAR(200))");
        execute("CREATE INDEX " + table + "_poller ON " + table + " (time_acked, priority, time_next)");
    }

    @AfterEach
    void dropTable() throws SQLException {
        opened.forEach(MessageSubscription::close);
        execute("DROP TABLE IF EXISTS " + table);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement executing = connection.createStatement()) {
            for (String statement : statements) {
                executing.execute(statement);
            }
        }
    }

    private MessageSubscription<Order> open(SubscriptionOptions options) throws SQLException {
        MessageSubscription<Order> subscription =
                queue.open(pool, row -> new Order(row.getLong("tenant_id"), row.getString("message")), options);
        opened.add(subscription);
        return subscription;
    }

    private MessageSubscription<Order> open() throws SQLException {
        return open(SubscriptionOptions.DEFAULT);
    }

    private static List<@Nullable String> texts(List<Message<Order>> taken) {
        return taken.stream()
                .<@Nullable String>map(message -> message.body().text())
                .toList();
    }

    @Test
    void messageIsTakenAsItWasAdded() throws Exception {
        long id = messages.add(7, "ж🐞 'quoted'");
        long empty = messages.add(8, null);
        assertThat(empty).isGreaterThan(id);
        List<Message<Order>> taken = open().take(10, LONG);
        assertThat(taken).extracting(Message::id).containsExactly(id, empty);
        assertThat(taken.getFirst().body()).isEqualTo(new Order(7, "ж🐞 'quoted'"));
        assertThat(taken.getLast().body()).isEqualTo(new Order(8, null));
        assertThat(taken.getFirst().attempt()).isEqualTo(1);
        assertThat(taken.getFirst().priority()).isEqualTo(50);
    }

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
        execute("CREATE UNIQUE INDEX " + table + "_tenant ON " + table + " (tenant_id)");
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

    @Test
    void scheduledMessageWaits() throws Exception {
        MessageSubscription<Order> subscription = open();
        messages.addScheduled(Instant.now().plusMillis(600), 1, "later");
        messages.add(1, "now");
        assertThat(texts(subscription.take(10, LONG))).containsExactly("now");
        assertThat(subscription.take(Duration.ZERO)).isEmpty();
        assertThat(texts(subscription.take(10, LONG))).containsExactly("later");
    }

    @Test
    void wordsAboutWhatIsNotThereAreGone() throws Exception {
        assertThat(messages.ack(42)).isEqualTo(MessageResult.GONE);
        assertThat(messages.fail(42)).isEqualTo(MessageResult.GONE);
        assertThat(messages.nack(42)).isEqualTo(MessageResult.GONE);
        assertThat(messages.requeue(42)).isEqualTo(MessageResult.GONE);
        long done = messages.add(1, "done");
        assertThat(messages.ack(done)).isEqualTo(MessageResult.DONE);
        assertThat(messages.ack(done)).isEqualTo(MessageResult.GONE);
        assertThat(messages.fail(done)).isEqualTo(MessageResult.GONE);
        assertThat(messages.nack(done)).isEqualTo(MessageResult.GONE);
        assertThat(messages.requeue(done)).isEqualTo(MessageResult.GONE);
    }

    @Test
    void failedMessageIsParkedUntilItIsRequeued() throws Exception {
        MessageSubscription<Order> subscription = open(SHORT);
        messages.add(1, "bad");
        Message<Order> taken = subscription.take(LONG).orElseThrow();
        assertThat(messages.fail(taken.id())).isEqualTo(MessageResult.DONE);
        assertThat(messages.ack(taken.id())).isEqualTo(MessageResult.GONE);
        assertThat(messages.fail(taken.id())).isEqualTo(MessageResult.GONE);
        assertThat(subscription.take(SHORT.ackWait().multipliedBy(2))).isEmpty();
        assertThat(messages.requeue(taken.id())).isEqualTo(MessageResult.DONE);
        Message<Order> again = subscription.take(LONG).orElseThrow();
        assertThat(again.id()).isEqualTo(taken.id());
        assertThat(again.attempt()).isEqualTo(1);
    }

    @Test
    void messageThatIsNotAcknowledgedComesAgain() throws Exception {
        MessageSubscription<Order> subscription = open(SHORT);
        messages.add(1, "again");
        Message<Order> first = subscription.take(LONG).orElseThrow();
        assertThat(subscription.take(Duration.ZERO)).isEmpty();
        Message<Order> second = subscription.take(LONG).orElseThrow();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.until()).isAfter(first.until());
    }

    @Test
    void nackBringsAMessageBackAtOnceOrLater() throws Exception {
        MessageSubscription<Order> subscription = open();
        messages.add(1, "again");
        Message<Order> first = subscription.take(LONG).orElseThrow();
        assertThat(messages.nack(first.id())).isEqualTo(MessageResult.DONE);
        assertThat(subscription.take(LONG).orElseThrow().attempt()).isEqualTo(2);
        assertThat(messages.nack(first.id(), Duration.ofMillis(400))).isEqualTo(MessageResult.DONE);
        assertThat(subscription.take(Duration.ZERO)).isEmpty();
        assertThat(subscription.take(LONG).orElseThrow().attempt()).isEqualTo(3);
    }

    @Test
    void lowerPriorityGoesFirstAndTheOldestOfEach() throws Exception {
        Messages withPriority = MessageQueue.of(table, "priority", "message").on(pool);
        withPriority.add(90, "low");
        withPriority.add(50, "one");
        withPriority.add(50, "two");
        withPriority.add(10, "high");
        assertThat(texts(open().take(10, LONG))).containsExactly("high", "one", "two", "low");
    }

    @Test
    void noMoreIsLeasedThanWasAskedFor() throws Exception {
        for (int i = 0; i < 10; i++) {
            messages.add(i, "message " + i);
        }
        assertThat(open().take(3, LONG)).hasSize(3);
        assertThat(open().take(10, LONG)).hasSize(7);
    }

    @Test
    void severalSubscriptionsShareTheMessages() throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(new Object[] {i, "message " + i});
        }
        List<Long> ids = messages.addAll(Instant.now(), rows);
        List<CompletableFuture<List<Long>>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            MessageSubscription<Order> subscription = open();
            workers.add(CompletableFuture.supplyAsync(
                    () -> takeAll(subscription), task -> Thread.ofPlatform().start(task)));
        }
        List<Long> taken = new ArrayList<>();
        workers.forEach(worker -> taken.addAll(worker.join()));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<Long> takeAll(MessageSubscription<Order> subscription) {
        List<Long> taken = new ArrayList<>();
        try {
            while (true) {
                List<Message<Order>> some = subscription.take(10, Duration.ofMillis(500));
                if (some.isEmpty()) {
                    return taken;
                }
                List<Long> ids = some.stream().map(Message::id).toList();
                assertThat(messages.ackAll(ids)).isZero();
                taken.addAll(ids);
            }
        } catch (InterruptedException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        MessageSubscription<Order> subscription = open();
        CompletableFuture<MessageQueueException> woken = waiting(subscription);
        subscription.close();
        subscription.close();
        assertThat(woken.join()).hasMessageContaining("closed");
        assertThat(subscription.state()).isEqualTo(MessageSubscription.State.CLOSED);
        assertThatExceptionOfType(MessageQueueException.class).isThrownBy(() -> subscription.take(LONG));
        messages.add(1, "still here");
        assertThat(open().take(LONG)).isPresent();
    }

    @Test
    void failureWakesWhoWaitsWithItsCause() throws Exception {
        MessageSubscription<Order> subscription = open();
        CompletableFuture<MessageQueueException> woken = waiting(subscription);
        execute("DROP TABLE " + table);
        assertThat(woken.join()).hasMessageContaining("failed").hasCauseInstanceOf(SQLException.class);
        assertThat(subscription.state()).isEqualTo(MessageSubscription.State.FAILED);
    }

    private static CompletableFuture<MessageQueueException> waiting(MessageSubscription<Order> subscription) {
        CompletableFuture<MessageQueueException> woken = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                subscription.take(LONG);
                woken.completeExceptionally(new AssertionError("not woken"));
            } catch (MessageQueueException e) {
                woken.complete(e);
            } catch (InterruptedException e) {
                woken.completeExceptionally(e);
            }
        });
        WaitFor.until("it waits", () -> waiter.getState() == Thread.State.TIMED_WAITING);
        return woken;
    }

    @Test
    void subscriptionOutlivesARestartOfTheDatabase() throws Exception {
        MessageSubscription<Order> subscription = open();
        assertThat(subscription.take(Duration.ZERO)).isEmpty();
        server.kill();
        assertThat(subscription.take(Duration.ofMillis(300))).isEmpty();
        assertThat(subscription.state()).isEqualTo(MessageSubscription.State.OPEN);
        server.restart();
        messages.add(1, "after");
        assertThat(texts(subscription.take(10, LONG))).containsExactly("after");
    }

    @Test
    void whatIsDoneIsForgottenInTime() throws Exception {
        messages.ack(messages.add(1, "done"));
        messages.fail(messages.add(1, "parked"));
        MessageSubscription<Order> subscription =
                open(new SubscriptionOptions(LONG, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(10)));
        assertThat(subscription.take(Duration.ofMillis(50))).isEmpty();
        try (Connection connection = pool.getConnection();
                Statement asking = connection.createStatement();
                var rows = asking.executeQuery("SELECT message FROM " + table)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("parked");
            assertThat(rows.next()).isFalse();
        }
    }

    private TableReport check() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return queue.check(connection);
        }
    }

    @Test
    void goodTableHasNoProblemsAndIsToldWhatVitessNeeds() throws Exception {
        TableReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.advice()).singleElement().asString().contains("vt_ack_wait");
        execute(report.statements().toArray(String[]::new));
        assertThat(check().advice()).isEmpty();
    }

    @Test
    void whatATableLacksIsSaidAndTheStatementsMendIt() throws Exception {
        execute(
                "DROP TABLE " + table,
                "CREATE TABLE " + table + " (id BIGINT NOT NULL, epoch BIGINT, time_next BIGINT, time_acked BIGINT,"
                        + " tenant_id BIGINT, message VARCHAR(200))");
        TableReport report = check();
        assertThat(report.problems())
                .anyMatch(problem -> problem.contains("priority"))
                .anyMatch(problem -> problem.contains("time_next"))
                .anyMatch(problem -> problem.contains("unique"));
        assertThatExceptionOfType(MessageQueueException.class)
                .isThrownBy(this::open)
                .withMessageContaining("ALTER TABLE");
        execute(report.statements().toArray(String[]::new));
        assertThat(check().problems()).isEmpty();
        assertThat(check().advice()).isEmpty();
    }

    @Test
    void missingTableAndMissingColumnAreSaid() throws Exception {
        execute("ALTER TABLE " + table + " DROP COLUMN message");
        assertThat(check().problems()).singleElement().asString().contains("message");
        execute("DROP TABLE " + table);
        assertThat(check().problems()).singleElement().asString().contains("no such table");
    }

    @Test
    void layoutOf2018IsRefusedWithItsMigration() throws Exception {
        execute(
                "DROP TABLE " + table,
                "CREATE TABLE " + table + " (time_scheduled BIGINT, id BIGINT NOT NULL, time_next BIGINT, epoch BIGINT,"
                        + " time_created BIGINT, time_acked BIGINT, tenant_id BIGINT, message VARCHAR(200))");
        TableReport report = check();
        assertThat(report.problems()).singleElement().asString().contains("2018");
        assertThat(report.statements()).anyMatch(statement -> statement.contains("DROP COLUMN time_scheduled"));
    }

    @Test
    void namesThatAreNotPlainAreRefused() {
        for (String name : List.of("", "select", "a`b", "a b", "A", "1a", "a;drop", "x".repeat(64))) {
            assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of(name));
            assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", name));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", "time_next"));
        assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", "a", "a"));
    }
}
