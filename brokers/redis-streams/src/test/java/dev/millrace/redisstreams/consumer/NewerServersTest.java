// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Vanished;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is sent to servers newer than the one at hand, and that their answers are understood. */
class NewerServersTest {
    private final List<StreamMessage> handled = new CopyOnWriteArrayList<>();
    private final List<Integer> deliveries = new CopyOnWriteArrayList<>();
    private final List<ConsumerEvent> events = new CopyOnWriteArrayList<>();

    private Result done(StreamMessage message, MessageContext context) {
        deliveries.add(context.delivery());
        handled.add(message);
        return Result.success();
    }

    private StreamConsumerBuilder consumer(ScriptedRedis server) {
        return StreamConsumer.on(server.options())
                .group("g")
                .consumer("c")
                .claimInterval(Duration.ofMillis(20))
                .forgetConsumersAfter(Duration.ZERO)
                .listener(events::add);
    }

    private static ReplyWriter stream(int entries) {
        return new ReplyWriter(64).arrayHeader(1).arrayHeader(2).bulk("s").arrayHeader(entries);
    }

    /** As a read with CLAIM shows each entry: idle for how long, and how often delivered before. */
    private static void entry(ReplyWriter reply, String id, long idle, long before) {
        reply.arrayHeader(4)
                .bulk(id)
                .arrayHeader(2)
                .bulk("x")
                .bulk(id)
                .integer(idle)
                .integer(before);
    }

    private static void plainEntry(ReplyWriter reply, String id) {
        reply.arrayHeader(2).bulk(id).arrayHeader(2).bulk("x").bulk(id);
    }

    @Test
    void redis84ClaimsWithEachReadAndSaysHowOftenItWasDelivered() {
        try (ScriptedRedis server = new ScriptedRedis("8.4.0");
                StreamConsumer consumer =
                        consumer(server).concurrency(5).stream("s", this::done).start()) {
            ReplyWriter reply = stream(2);
            entry(reply, "7-0", 45_000, 2);
            entry(reply, "9-0", 0, 0);
            server.read(reply);
            WaitFor.until("both were handled", () -> handled.size() == 2);
            assertThat(deliveries).containsExactlyInAnyOrder(3, 1);
            assertThat(server.sent("XREADGROUP"))
                    .isNotEmpty()
                    .allSatisfy(read -> assertThat(read).containsSubsequence("CLAIM", "30000", "STREAMS", "s", ">"));
            assertThat(server.sent("XPENDING"))
                    .noneSatisfy(asked -> assertThat(asked).contains("IDLE"));
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void redis84IsAskedToClaimNothingIfNothingIsToBeClaimed() {
        try (ScriptedRedis server = new ScriptedRedis("8.4.0");
                StreamConsumer consumer = consumer(server).claimInterval(Duration.ZERO).stream("s", this::done)
                        .start()) {
            ReplyWriter reply = stream(1);
            plainEntry(reply, "9-0");
            server.read(reply);
            WaitFor.until("it was handled", () -> handled.size() == 1);
            assertThat(server.sent("XREADGROUP"))
                    .noneSatisfy(read -> assertThat(read).contains("CLAIM"));
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void anEntryThatRedis84ClaimedAndHasNoMoreIsToldAndAcknowledged() {
        try (ScriptedRedis server = new ScriptedRedis("8.4.0");
                StreamConsumer consumer = consumer(server).removeDone(true).stream("s", this::done)
                        .start()) {
            server.read(stream(1)
                    .arrayHeader(4)
                    .bulk("7-0")
                    .nullArray()
                    .integer(45_000)
                    .integer(1));
            WaitFor.until("it is told", () -> events.contains(new Vanished("s", "7-0")));
            assertThat(server.sent("XACKDEL").get(0)).endsWith("IDS", "1", "7-0");
            assertThat(handled).isEmpty();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void redis82AcknowledgesAndRemovesWithOneCommandAndIsNotAskedForMore() {
        try (ScriptedRedis server = new ScriptedRedis("8.2.1");
                StreamConsumer consumer = consumer(server).removeDone(true).concurrency(5).stream("s", this::done)
                        .start()) {
            ReplyWriter reply = stream(1);
            plainEntry(reply, "9-0");
            server.read(reply);
            WaitFor.until("it is acknowledged", () -> !server.sent("XACKDEL").isEmpty());
            assertThat(server.sent("XACKDEL"))
                    .containsExactly(List.of("XACKDEL", "s", "g", "ACKED", "IDS", "1", "9-0"));
            WaitFor.until(
                    "idle ones are looked for",
                    () -> server.sent("XPENDING").stream().anyMatch(asked -> asked.contains("IDLE")));
            assertThat(server.sent("XREADGROUP"))
                    .noneSatisfy(read -> assertThat(read).contains("CLAIM"));
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void redis82RemovesNothingThatIsNotToBeRemoved() {
        try (ScriptedRedis server = new ScriptedRedis("8.2.1");
                StreamConsumer consumer =
                        consumer(server).stream("s", this::done).start()) {
            ReplyWriter reply = stream(1);
            plainEntry(reply, "9-0");
            server.read(reply);
            WaitFor.until("it is acknowledged", () -> !server.sent("EVAL").isEmpty());
            assertThat(server.sent("EVAL").get(0).get(1)).contains("'XACK'").doesNotContain("XDEL");
            assertThat(server.sent("XACKDEL")).isEmpty();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatIsHandedBackToRedis88IsNobodys() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        try (ScriptedRedis server = new ScriptedRedis("8.8.0")) {
            StreamConsumer consumer = consumer(server).bufferSize(2).stream("s", (message, context) -> {
                        runs.countDown();
                        new CountDownLatch(1).await();
                        return Result.success();
                    })
                    .start();
            ReplyWriter reply = stream(2);
            entry(reply, "7-0", 45_000, 2);
            entry(reply, "9-0", 0, 0);
            server.read(reply);
            runs.await();
            consumer.close(Duration.ZERO);
            List<String> words = server.sent("EVAL").stream()
                    .filter(call -> call.get(1).contains("XNACK"))
                    .flatMap(call -> call.subList(4, call.size()).stream())
                    .toList();
            assertThat(words).containsSubsequence("7-0", "free", "2").containsSubsequence("9-0", "free", "0");
        }
    }

    @Test
    void whatIsHandedBackToRedis84CountsAsIdle() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        try (ScriptedRedis server = new ScriptedRedis("8.4.2")) {
            StreamConsumer consumer = consumer(server).stream("s", (message, context) -> {
                        runs.countDown();
                        new CountDownLatch(1).await();
                        return Result.success();
                    })
                    .start();
            ReplyWriter reply = stream(1);
            entry(reply, "7-0", 45_000, 2);
            server.read(reply);
            runs.await();
            consumer.close(Duration.ZERO);
            assertThat(server.sent("EVAL").stream().flatMap(List::stream).toList())
                    .containsSubsequence("7-0", "30000", "2")
                    .doesNotContain("free");
        }
    }
}
