// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.testkit.WaitFor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The queue over a table of its user's; the same on every database. */
abstract class MessageQueueTest extends MessageAdding {
    private static final SubscriptionOptions SHORT =
            SubscriptionOptions.DEFAULT.withAckWait(Duration.ofMillis(300)).withBackoff(Duration.ZERO, Duration.ZERO);

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
    void scheduledMessageWaits() throws Exception {
        MessageSubscription<Order> subscription = open();
        Instant due = Instant.now().plusMillis(600);
        messages.addScheduled(due, 1, "later");
        messages.add(1, "now");
        assertThat(texts(subscription.take(1, LONG))).containsExactly("now");
        assertThat(texts(subscription.take(1, LONG))).containsExactly("later");
        assertThat(Instant.now()).isAfterOrEqualTo(due);
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
        Message<Order> second = subscription.take(LONG).orElseThrow();
        assertThat(Instant.now()).isAfterOrEqualTo(first.until());
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
        Instant due = Instant.now().plusMillis(400);
        assertThat(messages.nack(first.id(), Duration.ofMillis(400))).isEqualTo(MessageResult.DONE);
        assertThat(subscription.take(LONG).orElseThrow().attempt()).isEqualTo(3);
        assertThat(Instant.now()).isAfterOrEqualTo(due);
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
        Queue<Long> taken = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            MessageSubscription<Order> subscription = open();
            workers.add(CompletableFuture.runAsync(
                    () -> takeUntilAllAre(subscription, taken, ids.size()),
                    task -> Thread.ofPlatform().start(task)));
        }
        workers.forEach(CompletableFuture::join);
        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
    }

    private void takeUntilAllAre(MessageSubscription<Order> subscription, Queue<Long> taken, int count) {
        try {
            while (taken.size() < count) {
                List<Long> ids = subscription.take(10, Duration.ofMillis(50)).stream()
                        .map(Message::id)
                        .toList();
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
        client.run("DROP TABLE " + table);
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
                open(SubscriptionOptions.DEFAULT.withPurgeAfter(Duration.ZERO).withPoll(Duration.ofMillis(10)));
        assertThat(subscription.take(Duration.ofMillis(50))).isEmpty();
        try (Connection connection = pool.getConnection();
                Statement asking = connection.createStatement();
                var rows = asking.executeQuery("SELECT message FROM " + table)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("parked");
            assertThat(rows.next()).isFalse();
        }
    }
}
