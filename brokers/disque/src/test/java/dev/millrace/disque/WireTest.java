// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.resp.client.NanoClock;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/* Over 300 lines: many short tests of one class. */
/** One connection: what is said, what is not, and what becomes of replies that do not come, or not whole. */
class WireTest {
    private static final String JOB = "*1\r\n*3\r\n$1\r\nq\r\n$40\r\n" + ScriptedServer.ID + "\r\n$2\r\nab\r\n";

    @Test
    void nothingIsSaidButWhatIsAskedFor() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(request -> "+" + ScriptedServer.ID + "\r\n");
                DisqueClient client = server.client()) {
            client.add(AddJob.to("queue", "body"));
            assertThat(server.requests()).containsExactly(List.of("ADDJOB", "queue", "body", "5000"));
        }
    }

    @Test
    void thePasswordIsSaidFirst() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.answering(request -> request.get(0).equals("AUTH") ? "+OK\r\n" : "+PONG\r\n");
                DisqueClient client = DisqueClient.connect(
                        server.address(), DisqueOptions.defaults().withPassword("secret"))) {
            client.ping();
            assertThat(server.requests()).containsExactly(List.of("AUTH", "secret"), List.of("PING"));
            assertThat(DisqueOptions.defaults().withPassword("secret").toString())
                    .doesNotContain("secret");
        }
    }

    @Test
    void optionsAreWrittenInWholeUnits() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(request -> "+" + ScriptedServer.ID + "\r\n");
                DisqueClient client = server.client()) {
            client.add(AddJob.to("q", "b")
                    .withReplicationTimeout(Duration.ofNanos(1))
                    .withReplicas(3)
                    .withDelay(Duration.ofMillis(500))
                    .withRetry(Duration.ofMillis(1500))
                    .withTimeToLive(Duration.ofMillis(1))
                    .withMaxLength(9)
                    .async());
            client.add(AddJob.to("q", "b").atMostOnce());
            client.add(AddJob.to("q", "b").atMostOnce().withRetry(Duration.ofSeconds(9)));
            assertThat(server.requests())
                    .containsExactly(
                            List.of("ADDJOB q b 1 REPLICATE 3 DELAY 1 RETRY 2 TTL 1 MAXLEN 9 ASYNC".split(" ")),
                            List.of("ADDJOB q b 5000 REPLICATE 1 RETRY 0".split(" ")),
                            List.of("ADDJOB q b 5000 RETRY 9".split(" ")));
        }
    }

    @Test
    void aGetThatDoesNotWaitSaysSoAndOneThatWaitsNeverSaysZero() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(request -> "*-1\r\n");
                DisqueClient client = server.client()) {
            assertThat(client.get(GetJob.from("a", "b"))).isEmpty();
            assertThat(client.get(Duration.ofNanos(999), "a")).isEmpty();
            assertThat(client.get(GetJob.from("a")
                            .withCount(7)
                            .waiting(Duration.ofMillis(20))
                            .withCounters()))
                    .isEmpty();
            assertThat(client.get(GetJob.from("a").waitingForEver())).isEmpty();
            assertThat(server.requests())
                    .containsExactly(
                            List.of("GETJOB NOHANG FROM a b".split(" ")),
                            List.of("GETJOB TIMEOUT 1 FROM a".split(" ")),
                            List.of("GETJOB TIMEOUT 20 COUNT 7 WITHCOUNTERS FROM a".split(" ")),
                            List.of("GETJOB FROM a".split(" ")));
        }
    }

    @Test
    void repliesMayComeByteByByte() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    conversation.request();
                    for (int i = 0; i < JOB.length(); i++) {
                        conversation.reply(JOB.substring(i, i + 1));
                    }
                    conversation.request();
                });
                DisqueClient client = server.client()) {
            DisqueJob job = client.get(GetJob.from("q")).get(0);
            assertThat(job.text()).isEqualTo("ab");
            assertThat(job.id().toString()).isEqualTo(ScriptedServer.ID);
        }
    }

    @Test
    void aReplyThatBreaksOffAnywhereIsALostConnection() throws IOException {
        for (int length = 0; length < JOB.length(); length += 7) {
            String part = JOB.substring(0, length);
            try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                        conversation.request();
                        conversation.reply(part);
                    });
                    DisqueClient client = server.client()) {
                assertThatThrownBy(() -> client.get(GetJob.from("q")))
                        .isExactlyInstanceOf(DisqueConnectionException.class)
                        .satisfies(e -> assertThat(((DisqueConnectionException) e).mayHaveBeenExecuted())
                                .isTrue());
            }
        }
    }

    @Test
    void whereNobodyListensNothingIsExecuted() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        DisqueConnectionException lost =
                catchThrowableOfType(DisqueConnectionException.class, () -> DisqueClient.connect("127.0.0.1:" + port));
        assertThat(lost.mayHaveBeenExecuted()).isFalse();
        assertThat(lost.helpsElsewhere()).isTrue();
        assertThat(lost).hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void noReplyInTimeIsNotAnEmptyReply() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    while (conversation.request() != null) {
                        // Says nothing.
                    }
                });
                DisqueClient client = DisqueClient.connect(
                        server.address(), DisqueOptions.defaults().withReplyTimeout(Duration.ofMillis(100)))) {
            DisqueTimeoutException late = catchThrowableOfType(DisqueTimeoutException.class, client::ping);
            assertThat(late.mayHaveBeenExecuted()).isTrue();
            long start = NanoClock.SYSTEM.getAsLong();
            assertThatThrownBy(() -> client.get(Duration.ofMillis(300), "q"))
                    .isInstanceOf(DisqueTimeoutException.class);
            assertThat(Duration.ofNanos(NanoClock.SYSTEM.getAsLong() - start))
                    .as("the timeout and the margin of two seconds")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(2300));
        }
    }

    /** A call to take jobs on a thread of its own, interrupted as soon as the server has it. */
    private static FutureTask<List<DisqueJob>> interrupted(ScriptedServer server, DisqueClient client) {
        FutureTask<List<DisqueJob>> taking =
                new FutureTask<>(() -> client.get(GetJob.from("q").waitingForEver()));
        Thread taker = Thread.ofPlatform().start(taking);
        WaitFor.until("it is asked", () -> !server.requests().isEmpty());
        taker.interrupt();
        return taking;
    }

    @Test
    void jobsThatAreUnderWayToWhoIsInterruptedArrive() throws Exception {
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    conversation.request();
                    // The server hears that nothing more is asked when it has taken the job out of its queue.
                    assertThat(conversation.request()).isNull();
                    conversation.reply(JOB);
                });
                DisqueClient client = server.client()) {
            assertThat(interrupted(server, client).get(10, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void whoIsInterruptedDoesNotWaitForAServerThatNeverHangsUp() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    conversation.request();
                    over.join();
                });
                DisqueClient client = server.client()) {
            assertThatThrownBy(() -> interrupted(server, client).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(DisqueInterruptedException.class);
            over.complete(null);
        }
    }

    @Test
    void aServerThatDoesNotReadIsALostConnectionToo() throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> over.join());
                DisqueClient client = DisqueClient.connect(
                        server.address(), DisqueOptions.defaults().withReplyTimeout(Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> client.callText("PING", "x".repeat(50_000_000)))
                    .isInstanceOf(DisqueTimeoutException.class);
            over.complete(null);
        }
    }

    @Test
    void whatIsNotUnderstoodEndsTheConnection() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    connections.incrementAndGet();
                    conversation.request();
                    conversation.reply(connections.get() == 1 ? ":1\r\n" : "+PONG\r\n");
                    conversation.request();
                });
                DisqueClient client = server.client()) {
            assertThatThrownBy(() -> client.add("q", "b"))
                    .isInstanceOf(DisqueProtocolException.class)
                    .hasMessage("the server replied 1 where a string was expected");
            client.ping();
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void tooManyClientsIsNoAnswerToTheCommand() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    conversation.request();
                    conversation.reply("-ERR max number of clients reached\r\n");
                });
                DisqueClient client = server.client()) {
            DisqueConnectionException refused =
                    catchThrowableOfType(DisqueConnectionException.class, () -> client.add("q", "b"));
            assertThat(refused.mayHaveBeenExecuted()).isFalse();
        }
    }

    @Test
    void connectionsThatLayIdleAreTriedBeforeTheyAreUsed() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(request ->
                        request.get(0).equals("PING") ? "-MISCONF disk\r\n" : "+" + ScriptedServer.ID + "\r\n");
                DisqueClient client = DisqueClient.connect(
                        server.address(), DisqueOptions.defaults().withIdle(Duration.ofMinutes(1), Duration.ZERO))) {
            client.add("q", "b");
            server.hangUp();
            client.add("q", "b");
            assertThat(server.requests().stream().map(request -> request.get(0)).toList())
                    .containsSubsequence("PING", "ADDJOB", "ADDJOB");
        }
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        AtomicInteger gone = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    while (conversation.request() != null) {
                        conversation.reply("+PONG\r\n");
                    }
                    gone.incrementAndGet();
                });
                DisqueClient client = DisqueClient.connect(
                        server.address(),
                        DisqueOptions.defaults().withIdle(Duration.ofMillis(1), Duration.ofSeconds(1)))) {
            client.ping();
            WaitFor.until("the connection is closed", () -> gone.get() == 1);
            client.ping();
        }
    }

    @Test
    void eachJobOfManyHasItsOwnResult() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.answering(request -> request.get(2).equals("bad")
                                ? "-MAXLEN Queue is already longer than the specified MAXLEN count\r\n"
                                : "+" + ScriptedServer.ID + "\r\n");
                DisqueClient client = server.client()) {
            List<AddResult> results = client.addAll(Stream.of("good", "bad", "good")
                    .map(body -> AddJob.to("q", body))
                    .toList());
            assertThat(results).extracting(AddResult::isAdded).containsExactly(true, false, true);
            assertThat(results.get(1).error().orElseThrow()).isInstanceOf(MaxLenException.class);
        }
    }

    @Test
    void whenTheConnectionIsLostEachJobSaysWhetherItMayBeStored() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    for (int i = 0; i < 3; i++) {
                        conversation.request();
                        conversation.reply("+" + ScriptedServer.ID + "\r\n");
                    }
                    conversation.request();
                });
                DisqueClient client = server.client()) {
            List<AddResult> results = client.addAll(
                    Stream.generate(() -> AddJob.to("q", "x")).limit(10).toList());
            assertThat(results).extracting(AddResult::isAdded).startsWith(true, true, true, false);
            assertThat(results.subList(3, 10)).allMatch(result -> lost(result).mayHaveBeenExecuted());
        }
    }

    @Test
    void whatWasNotWrittenWasNotStored() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(ScriptedServer.Conversation::request);
                DisqueClient client = server.client()) {
            List<AddResult> results = client.addAll(Stream.generate(() -> AddJob.to("q", "x".repeat(100_000)))
                    .limit(2000)
                    .toList());
            assertThat(results).hasSize(2000).noneMatch(AddResult::isAdded);
            assertThat(lost(results.get(0)).mayHaveBeenExecuted()).isTrue();
            assertThat(lost(results.get(1999)).mayHaveBeenExecuted()).isFalse();
        }
    }

    private static DisqueConnectionException lost(AddResult result) {
        return (DisqueConnectionException) result.error().orElseThrow();
    }

    @Test
    void anAsynchronousClientConnectsAnewAfterALoss() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> {
                    boolean second = connections.incrementAndGet() == 2;
                    while (conversation.request() != null && !second) {
                        conversation.reply("+PONG\r\n");
                    }
                });
                DisqueClient client = server.client();
                DisqueAsyncClient async = client.async()) {
            assertThat(async.ping())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DisqueConnectionException.class);
            assertThat(async.ping()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void moreCommandsInFlightThanAllowedFailAtOnce() throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.playing(conversation -> over.join());
                DisqueClient client = DisqueClient.connect(
                        server.address(), DisqueOptions.defaults().withInFlight(2));
                DisqueAsyncClient async = client.async()) {
            CompletableFuture<?> first = async.ping();
            CompletableFuture<?> second = async.ping();
            assertThat(async.ping()).isCompletedExceptionally();
            assertThat(first).isNotDone();
            over.complete(null);
            assertThat(first).failsWithin(Duration.ofSeconds(10));
            assertThat(second).failsWithin(Duration.ofSeconds(10));
        }
    }
}
