// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.sql.MessageResult;
import dev.millrace.testkit.WaitFor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/* Over 300 lines: many short tests of one class. */
/** The queue that is pushed to; the same on every Vitess. */
abstract class VitessQueueTest extends VitessTable {
    @Test
    void messageIsPushedAsItWasAdded() throws Exception {
        VitessSubscription<Order> subscription = open();
        long id = messages.add(7, "ж🐞 'quoted'");
        VitessMessage<Order> message = next(subscription);
        assertThat(message.id()).isEqualTo(id);
        assertThat(message.body()).isEqualTo(new Order(7, "ж🐞 'quoted'"));
        assertThat(message.attempt()).isEqualTo(OptionalLong.of(1));
        long empty = messages.add(8, null);
        assertThat(next(subscription)).isEqualTo(new VitessMessage<>(empty, new Order(8, null), OptionalLong.of(1)));
    }

    @Test
    void messagesOfATransactionArePushedIfItCommits() throws Exception {
        VitessSubscription<Order> subscription = open();
        try (Connection connection = site.jdbc().getConnection()) {
            connection.setAutoCommit(false);
            producer.on(connection).add(1, "never");
            assertThat(subscription.take(AT_ONCE)).isEmpty();
            connection.rollback();
            producer.on(connection).add(1, "there");
            connection.commit();
        }
        assertThat(next(subscription).body().text()).isEqualTo("there");
    }

    @Test
    void acknowledgedMessageDoesNotComeAgain() throws Exception {
        VitessSubscription<Order> subscription = open();
        long id = messages.add(1, "a");
        next(subscription);
        assertThat(queue.ack(id)).isEqualTo(MessageResult.DONE);
        assertThat(queue.ack(id)).isEqualTo(MessageResult.GONE);
        assertThat(queue.fail(id)).isEqualTo(MessageResult.GONE);
        assertThat(queue.ack(id + 1)).isEqualTo(MessageResult.GONE);
        assertThat(subscription.take(Duration.ofSeconds(3))).isEmpty();
    }

    @Test
    void messageThatNobodyAcknowledgesComesAgainAndIsCounted() throws Exception {
        VitessSubscription<Order> subscription = open();
        long id = messages.add(1, "a");
        next(subscription);
        VitessMessage<Order> again = next(subscription);
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isEqualTo(OptionalLong.of(2));
        assertThat(queue.ack(id)).isEqualTo(MessageResult.DONE);
    }

    @Test
    void messageThatIsGivenBackComesAtOnce() throws Exception {
        VitessSubscription<Order> subscription = open();
        messages.add(1, "a");
        for (long attempt = 1; attempt <= 10; attempt++) {
            VitessMessage<Order> message = next(subscription);
            assertThat(message.attempt()).isEqualTo(OptionalLong.of(attempt));
            assertThat(queue.nack(message, Duration.ZERO)).isEqualTo(MessageResult.DONE);
        }
        assertThat(queue.ack(next(subscription).id())).isEqualTo(MessageResult.DONE);
    }

    @Test
    void messageThatIsGivenBackForLaterComesThen() throws Exception {
        VitessSubscription<Order> subscription = open();
        messages.add(1, "a");
        assertThat(queue.nack(next(subscription), Duration.ofSeconds(2))).isEqualTo(MessageResult.DONE);
        assertThat(subscription.take(Duration.ofMillis(1_500))).isEmpty();
        assertThat(next(subscription).attempt()).isEqualTo(OptionalLong.of(2));
    }

    @Test
    void lateWordDoesNotBringBackWhatAnotherHasByNow() throws Exception {
        VitessSubscription<Order> subscription = open();
        messages.add(1, "a");
        VitessMessage<Order> first = next(subscription);
        VitessMessage<Order> second = next(subscription);
        assertThat(queue.nack(second, Duration.ofMinutes(1))).isEqualTo(MessageResult.DONE);
        assertThat(queue.nack(first, Duration.ZERO)).isEqualTo(MessageResult.GONE);
        assertThat(subscription.take(AT_ONCE)).isEmpty();
    }

    @Test
    void parkedMessageStaysUntilItIsRequeued() throws Exception {
        VitessSubscription<Order> subscription = open();
        long id = messages.add(1, "a");
        next(subscription);
        assertThat(queue.fail(id)).isEqualTo(MessageResult.DONE);
        assertThat(queue.ack(id)).isEqualTo(MessageResult.GONE);
        assertThat(subscription.take(Duration.ofSeconds(3))).isEmpty();
        assertThat(queue.requeue(id)).isEqualTo(MessageResult.DONE);
        assertThat(queue.requeue(id)).isEqualTo(MessageResult.GONE);
        assertThat(next(subscription).attempt()).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void manyAreAcknowledgedWithFewStatements() throws Exception {
        List<@Nullable Object[]> rows = IntStream.range(0, 1_500)
                .<@Nullable Object[]>mapToObj(i -> new @Nullable Object[] {i, "m" + i})
                .toList();
        VitessSubscription<Order> subscription = open();
        List<Long> ids = messages.addAll(Instant.now(), rows);
        Set<Long> taken = new HashSet<>();
        while (taken.size() < ids.size()) {
            List<Long> some = subscription.take(100, LONG).stream()
                    .map(VitessMessage::id)
                    .filter(taken::add)
                    .toList();
            assertThat(queue.ackAll(some)).isZero();
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(queue.ackAll(ids.subList(0, 3))).isEqualTo(3);
        assertThat(count("time_acked IS NULL")).isZero();
    }

    @Test
    void scheduledMessageComesInItsTime() throws Exception {
        VitessSubscription<Order> subscription = open();
        messages.addScheduled(Instant.now().plusSeconds(2), 1, "later");
        assertThat(subscription.take(Duration.ofMillis(1_200))).isEmpty();
        assertThat(next(subscription).body().text()).isEqualTo("later");
    }

    @Test
    void everyMessageGoesToOneOfTwoSubscriptions() throws Exception {
        VitessSubscription<Order> one = open();
        VitessSubscription<Order> other = open();
        for (int i = 0; i < 40; i++) {
            messages.add(i, "m");
        }
        List<Long> taken = new ArrayList<>();
        while (taken.size() < 40) {
            for (VitessSubscription<Order> each : List.of(one, other)) {
                each.take(50, Duration.ofMillis(20)).forEach(message -> {
                    taken.add(message.id());
                    queue.ack(message.id());
                });
            }
        }
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void noMoreThanABatchIsInMemoryForOneWhoAsks() throws Exception {
        VitessSubscription<Order> subscription = open();
        for (int i = 0; i < 100; i++) {
            messages.add(i, "m");
        }
        next(subscription);
        WaitFor.within(AT_ONCE, () -> subscription.waiting() > 9);
        assertThat(subscription.waiting()).isLessThanOrEqualTo(9);
    }

    @Test
    void asMuchIsInMemoryAsMayLieAhead() {
        VitessSubscription<Order> subscription = open(VitessOptions.DEFAULT.withAhead(15));
        for (int i = 0; i < 100; i++) {
            messages(i);
        }
        WaitFor.until("fifteen are there", () -> subscription.waiting() >= 15);
        WaitFor.within(AT_ONCE, () -> subscription.waiting() > 24);
        assertThat(subscription.waiting()).isBetween(15, 24);
    }

    private void messages(int number) {
        try {
            messages.add(number, "m");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatLayTooLongInMemoryIsForgotten() throws Exception {
        VitessSubscription<Order> subscription = open();
        for (int i = 0; i < 10; i++) {
            messages.add(i, "m");
        }
        Set<Long> ids = new HashSet<>(Set.of(next(subscription).id()));
        WaitFor.until("others come again", () -> count("epoch > 1") > 3);
        List<VitessMessage<Order>> rest = new ArrayList<>();
        while (ids.size() < 10) {
            rest.addAll(subscription.take(20, LONG));
            rest.forEach(message -> ids.add(message.id()));
        }
        assertThat(rest).extracting(VitessMessage::attempt).doesNotContain(OptionalLong.of(1));
    }

    @Test
    void acknowledgingIsNotHeldUpByAStreamThatNobodyReads() throws Exception {
        VitessSubscription<Order> subscription = open();
        String large = "x".repeat(15_000);
        for (int i = 0; i < 100; i++) {
            messages.add(i, large);
        }
        long id = next(subscription).id();
        WaitFor.within(AT_ONCE, () -> false);
        assertThat(count("epoch > 0")).isLessThan(60);
        assertThat(queue.ack(id)).isEqualTo(MessageResult.DONE);
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        VitessSubscription<Order> subscription = open();
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                subscription.take(LONG);
            } catch (Exception e) {
                told.complete(e);
            }
        });
        subscription.close();
        subscription.close();
        assertThat(told.get()).isInstanceOf(VitessException.class).hasMessageContaining("closed");
        assertThat(subscription.state()).isEqualTo(VitessSubscription.State.CLOSED);
        if (site.subscribers(table) >= 0) {
            WaitFor.until("the stream has ended", () -> site.subscribers(table) == 0);
        }
    }

    @Test
    void whatNobodyTookIsGivenBackAndNotCounted() throws Exception {
        VitessSubscription<Order> subscription = open();
        for (int i = 0; i < 10; i++) {
            messages.add(i, "m");
        }
        long taken = next(subscription).id();
        int left = subscription.waiting();
        subscription.close();
        assertThat(count("epoch = 0")).isGreaterThanOrEqualTo(left);
        VitessSubscription<Order> other = open();
        Set<Long> ids = new HashSet<>();
        while (ids.size() < left) {
            other.take(20, AT_ONCE).stream()
                    .filter(message -> message.attempt().equals(OptionalLong.of(1)))
                    .forEach(message -> ids.add(message.id()));
        }
        assertThat(ids).doesNotContain(taken);
    }

    @Test
    void messageThatCannotBeReadEndsTheSubscription() throws Exception {
        VitessSubscription<String> subscription = queue.open(row -> row.text("nothing"), VitessOptions.DEFAULT);
        messages.add(1, "a");
        assertThatExceptionOfType(VitessException.class)
                .isThrownBy(() -> subscription.take(LONG))
                .withMessageContaining("there is no column nothing");
        assertThat(subscription.state()).isEqualTo(VitessSubscription.State.FAILED);
        assertThatExceptionOfType(VitessException.class).isThrownBy(() -> subscription.take(Duration.ZERO));
    }

    @Test
    void tablesThatAreNoneAreRefused() throws Exception {
        try (VitessQueue unknown = VitessQueue.at(site.url(), "m_unknown")) {
            assertThatExceptionOfType(VitessException.class)
                    .isThrownBy(() -> unknown.open(VitessRow::columns, VitessOptions.DEFAULT))
                    .withMessageContaining("not found in schema")
                    .matches(e -> !e.isPassing());
        }
        String plain = table + "_p";
        execute("CREATE TABLE " + plain + " (id BIGINT NOT NULL PRIMARY KEY)");
        site.made(plain);
        try (VitessQueue other = VitessQueue.at(site.url(), plain)) {
            assertThatExceptionOfType(VitessException.class)
                    .isThrownBy(() -> other.open(VitessRow::columns, VitessOptions.DEFAULT))
                    .withMessageContaining("is not a message table")
                    .matches(e -> !e.isPassing());
        } finally {
            execute("DROP TABLE " + plain);
        }
    }

    @Test
    void statementThatVitessRefusesIsAnError() throws Exception {
        try (VitessQueue unknown = VitessQueue.at(site.url(), "m_unknown")) {
            assertThatExceptionOfType(VitessException.class)
                    .isThrownBy(() -> unknown.ack(1))
                    .withMessageContaining("m_unknown");
        }
        assertThat(Optional.of(queue.ack(1))).contains(MessageResult.GONE);
    }
}
