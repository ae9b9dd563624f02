// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.DisqueServerException;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.NodeAddress;
import dev.millrace.server.MillraceServer;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on the broker disque:, whose Disque is another server of ours on a folder: a client, and two sockets behind it. */
class ServedDisqueTest {
    private static final DisqueQueue QUEUE = DisqueQueue.of("q");

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private DisqueClient behind;
    private Broker broker;
    private MillraceServer middle;
    private DisqueClient client;

    private <T extends AutoCloseable> T keep(T opening) {
        opened.push(opening);
        return opening;
    }

    @BeforeEach
    void start() throws IOException {
        MillraceServer disque = keep(MillraceServer.on(keep(Brokers.open("file:" + folder.resolve("jobs"))))
                .listen("127.0.0.1", 0)
                .start());
        behind = connect(disque);
        broker = keep(DisqueBroker.builder().node(address(disque)).open());
        startMiddle();
    }

    private void startMiddle() throws IOException {
        middle = keep(MillraceServer.on(broker)
                .listen("127.0.0.1", 0)
                .closeWithin(Duration.ofSeconds(2))
                .start());
        client = connect(middle);
    }

    private static NodeAddress address(MillraceServer server) {
        return new NodeAddress("127.0.0.1", server.address().orElseThrow().getPort());
    }

    private DisqueClient connect(MillraceServer server) {
        return keep(DisqueClient.connect(address(server), DisqueOptions.defaults()));
    }

    @AfterEach
    void stop() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private static GetJob get() {
        return GetJob.from("q").waiting(Duration.ofSeconds(10));
    }

    @Test
    void aJobHasTheSameIdAndBytesOnBothSides() {
        DisqueJobId id = client.add(AddJob.to("q", "body").withRetry(Duration.ofSeconds(77)));
        assertThat(behind.show(id).orElseThrow().retry()).isEqualTo(Duration.ofSeconds(77));
        assertThat(client.queues().length(QUEUE)).isEqualTo(1);
        assertThat(client.queues().peek(QUEUE, 5))
                .singleElement()
                .extracting(DisqueJob::id)
                .hasToString("" + id);
        DisqueJob job = client.get(get()).getFirst();
        assertThat(job.id()).hasToString("" + id);
        assertThat(job.body()).asString().isEqualTo("body");
        assertThat(client.working(id)).isEqualTo(Duration.ofSeconds(77));
        assertThat(client.ack(id)).isEqualTo(1);
        assertThat(client.ack(id)).isZero();
        assertThat(behind.show(id)).isEmpty();
    }

    @Test
    void jobsComeToThoseWhoWaitWhicheverSideTheyCameFrom() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<DisqueJob>>> waiting = IntStream.range(0, 8)
                    .mapToObj(i -> {
                        DisqueClient own = connect(middle);
                        GetJob patient =
                                GetJob.from(i % 2 == 0 ? "q" : "r", "s").waiting(Duration.ofSeconds(20));
                        return CompletableFuture.supplyAsync(() -> own.get(patient), threads);
                    })
                    .toList();
            WaitFor.until(
                    "eight wait",
                    () -> client.info("clients").get("blocked_clients").equals("8"));
            for (int i = 0; i < 8; i++) {
                (i < 4 ? client : behind).add(AddJob.to("s", "job " + i));
            }
            List<DisqueJob> got =
                    waiting.stream().map(one -> one.join().getFirst()).toList();
            assertThat(got).extracting(job -> "" + job.id()).doesNotHaveDuplicates();
            assertThat(client.ack(got.stream().map(DisqueJob::id).toList())).isEqualTo(8);
        }
    }

    @Test
    void anotherServerInItsPlaceEndsWhatTheFirstHandedOut() throws IOException {
        List<DisqueJobId> ids = IntStream.range(0, 10)
                .mapToObj(i -> client.add(AddJob.to("q", "job " + i)))
                .toList();
        assertThat(client.get(get().withCount(10))).hasSize(10);
        middle.close();
        startMiddle();
        assertThat(client.show(ids.getFirst())).isPresent();
        assertThat(client.nack(ids.get(1))).isEqualTo(1);
        assertThat(client.get(get()).getFirst().id()).hasToString("" + ids.get(1));
        assertThat(client.ack(ids)).isEqualTo(10);
        assertThat(ids).allSatisfy(id -> assertThat(behind.show(id)).isEmpty());
    }

    @Test
    void whoHangsUpWhileWaitingLosesNothing() throws Exception {
        DisqueClient gone = connect(middle);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?> waiting = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> gone.get(get())).isInstanceOf(RuntimeException.class), threads);
            WaitFor.until(
                    "it waits",
                    () -> client.info("clients").get("blocked_clients").equals("1"));
            gone.close();
            WaitFor.until(
                    "it is gone",
                    () -> client.info("clients").get("blocked_clients").equals("0"));
            client.add(AddJob.to("q", "kept"));
            assertThat(client.get(get()).getFirst().body()).asString().isEqualTo("kept");
            waiting.join();
        }
    }

    @Test
    void whatTheBrokerCannotDoIsAnErrorThatNamesIt() {
        DisqueJobId id = client.add(AddJob.to("q", "body"));
        for (Runnable impossible : List.<Runnable>of(
                () -> client.add(AddJob.to("q", "b").atMostOnce()),
                () -> client.add(AddJob.to("q", "b").withMaxLength(1)),
                () -> client.dequeue(id),
                () -> client.queues().peek(QUEUE, -1))) {
            assertThatThrownBy(impossible::run)
                    .isInstanceOf(DisqueServerException.class)
                    .hasMessageContaining("the broker disque:")
                    .hasMessageContaining(" cannot ");
        }
        assertThat(client.queues().length(QUEUE)).isEqualTo(1);
    }
}
