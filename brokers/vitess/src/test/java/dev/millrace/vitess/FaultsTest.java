// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.sql.MessageResult;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import io.grpc.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when vtgate goes, splits, or is late; on one of the tests' own, which can be told to. */
@Tag("slow")
class FaultsTest extends VitessTable {
    private static final VitessOptions QUICK =
            VitessOptions.DEFAULT.withPause(Duration.ofMillis(10), Duration.ofMillis(100));

    private final FakeVtgate vtgate = ((FakeVitess) site).vtgate;

    @Override
    VitessSite site() {
        return new FakeVitess();
    }

    @BeforeEach
    void splitAndBeLate() {
        vtgate.splitAt(3);
        vtgate.postponeLater(Duration.ofMillis(30));
    }

    @Test
    void streamThatEndsIsBegunAgain() throws Exception {
        VitessSubscription<Order> subscription = open(QUICK);
        for (Status status : List.of(
                Status.UNAVAILABLE.withDescription("vtgate is shutting down"),
                Status.DEADLINE_EXCEEDED.withDescription("message stream grace period"),
                Status.FAILED_PRECONDITION.withDescription("operation not allowed in state NOT_SERVING"),
                Status.UNKNOWN)) {
            messages.add(1, "before");
            assertThat(queue.ack(next(subscription).id())).isEqualTo(MessageResult.DONE);
            vtgate.drain(status);
            messages.add(1, "after");
            assertThat(queue.ack(next(subscription).id())).isEqualTo(MessageResult.DONE);
        }
        assertThat(subscription.state()).isEqualTo(VitessSubscription.State.OPEN);
    }

    @Test
    void nothingIsLostWhenVtgateIsKilledAgainAndAgain() throws Exception {
        VitessSubscription<Order> subscription = open(QUICK);
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ids.add(messages.add(i, "m"));
        }
        int taken = 0;
        while (count("time_acked IS NULL") > 0) {
            for (VitessMessage<Order> message : subscription.take(5, Duration.ofSeconds(5))) {
                ids.remove(message.id());
                if (++taken % 40 == 0) {
                    vtgate.kill();
                    vtgate.start();
                }
                acknowledge(message);
            }
        }
        assertThat(ids).isEmpty();
    }

    private void acknowledge(VitessMessage<Order> message) {
        try {
            queue.ack(message.id());
        } catch (VitessException e) {
            assertThat(e.isPassing()).as(e.toString()).isTrue();
        }
    }

    @Test
    void whoWaitsIsToldWhyItFailed() throws Exception {
        VitessSubscription<Order> subscription = open(QUICK);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                subscription.take(LONG);
            } catch (Exception e) {
                told.complete(e);
            }
        });
        vtgate.drain(Status.PERMISSION_DENIED.withDescription("Select command denied to user"));
        assertThat(told.get()).isInstanceOf(VitessException.class).hasMessageContaining("denied to user");
        assertThat(subscription.state()).isEqualTo(VitessSubscription.State.FAILED);
    }

    @Test
    void droppedTableEndsTheSubscription() throws Exception {
        VitessSubscription<Order> subscription = open(QUICK);
        execute("DROP TABLE " + table);
        site.dropped(table);
        vtgate.drain(Status.UNAVAILABLE);
        assertThatExceptionOfType(VitessException.class)
                .isThrownBy(() -> subscription.take(LONG))
                .withMessageContaining("not found in schema");
    }

    @Test
    void whoSaysAtOnceThatAMessageFailedIsNotWrittenOver() throws Exception {
        vtgate.postponeLater(Duration.ofMillis(200));
        VitessSubscription<Order> subscription = open(QUICK);
        for (int i = 0; i < 20; i++) {
            messages.add(i, "m");
            assertThat(queue.fail(next(subscription).id())).isEqualTo(MessageResult.DONE);
        }
        WaitFor.within(Duration.ofMillis(500), () -> false);
        assertThat(count("time_acked = 9223372036854775807 AND time_next IS NULL"))
                .isEqualTo(20);
        assertThat(subscription.take(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void whoGivesBackByIdAloneIsNotWrittenOverEither() throws Exception {
        VitessSubscription<Order> subscription = open(QUICK);
        messages.add(1, "m");
        for (int i = 0; i < 10; i++) {
            long id = next(subscription).id();
            assertThat(queue.nack(id, Duration.ofMinutes(5))).isEqualTo(MessageResult.DONE);
            WaitFor.within(Duration.ofMillis(60), () -> false);
            assertThat(count("time_next > " + (System.currentTimeMillis() + 200_000) * 1_000_000L))
                    .isEqualTo(1);
            assertThat(queue.nack(id, Duration.ZERO)).isEqualTo(MessageResult.DONE);
        }
        assertThat(next(subscription).attempt()).isEqualTo(OptionalLong.of(11));
        assertThat(queue.nack(5, Duration.ZERO)).isEqualTo(MessageResult.GONE);
    }

    @Test
    void vtgateThatDoesNotAnswerIsGivenUpInTime() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(vtgate.port());
                VitessQueue far = VitessQueue.at("vitess://" + proxy.address() + "/jobs?timeout=PT0.5S", table)) {
            assertThat(far.ack(1)).isEqualTo(MessageResult.GONE);
            proxy.swallow();
            assertThatExceptionOfType(VitessException.class)
                    .isThrownBy(() -> far.ack(1))
                    .matches(VitessException::isPassing);
            assertThatExceptionOfType(VitessException.class)
                    .isThrownBy(() -> far.open(VitessRow::columns, QUICK))
                    .matches(VitessException::isPassing);
            proxy.heal();
            assertThat(far.ack(1)).isEqualTo(MessageResult.GONE);
        }
    }

    @Test
    void onlyWhoKnowsThePasswordIsLetIn() {
        vtgate.demand("s3cret");
        assertThatExceptionOfType(VitessException.class)
                .isThrownBy(() -> queue.ack(1))
                .matches(e -> !e.isPassing());
        String url = site.url().replace("//", "//mary:s3cret@");
        try (VitessQueue known = VitessQueue.at(url, table)) {
            assertThat(known.ack(1)).isEqualTo(MessageResult.GONE);
            assertThat(known.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void columnsAreThoseOfTheCommentOrAllButTheQueuesOwn() throws Exception {
        execute("ALTER TABLE " + table + " COMMENT '" + options().replaceAll(",vt_message_cols.*", "") + "'");
        try (VitessSubscription<List<String>> plain = queue.open(VitessRow::columns, QUICK)) {
            messages.add(1, "m");
            VitessMessage<List<String>> message = plain.take(LONG).orElseThrow();
            assertThat(message.body()).containsExactly("id", "tenant_id", "message");
            assertThat(message.attempt()).isEmpty();
            assertThat(queue.nack(message, Duration.ZERO)).isEqualTo(MessageResult.DONE);
            assertThat(plain.take(LONG)).isPresent();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
