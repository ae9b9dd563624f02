// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The asynchronous form. */
record AsyncScenarios(DisqueClient client, DisqueAsyncClient async, String queue) implements AutoCloseable {
    AsyncScenarios(ServerUnderTest.Node node) {
        this(DisqueClient.connect(node.address(), DisqueOptions.defaults()));
    }

    private AsyncScenarios(DisqueClient client) {
        this(client, client.async(), UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        async.close();
        async.close();
        client.close();
    }

    private static <T> T now(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Scenario
    void hundredsOfCommandsAreInFlight() throws Exception {
        List<CompletableFuture<DisqueJobId>> added = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            added.add(async.add(AddJob.to(queue, "job " + i)));
        }
        for (int i = 0; i < 1000; i++) {
            DisqueJob job = now(async.get(GetJob.from(queue))).get(0);
            assertThat(job.text()).isEqualTo("job " + i);
            assertThat(job.id()).isEqualTo(now(added.get(i)));
            assertThat(now(async.ack(job.id()))).isEqualTo(1);
        }
    }

    @Scenario
    void commandsOfAThreadKeepTheirOrder() throws Exception {
        List<CompletableFuture<Long>> lengths = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            assertThat(async.add(AddJob.to(queue, "x"))).isNotCancelled();
            lengths.add(async.length(DisqueQueue.of(queue)));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(now(lengths.get(i))).isEqualTo(i + 1L);
        }
    }

    @Scenario
    void anErrorIsThatOfItsCommandAlone() throws Exception {
        CompletableFuture<DisqueJobId> good = async.add(AddJob.to(queue, "x"));
        CompletableFuture<DisqueJobId> bad = async.add(AddJob.to(queue, "x").withMaxLength(1));
        CompletableFuture<Long> after = async.length(DisqueQueue.of(queue));
        now(good);
        assertThat(now(after)).isEqualTo(1);
        assertThat(bad)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MaxLenException.class);
    }

    @Scenario
    void aWaitingGetHoldsNobodyUp() throws Exception {
        CompletableFuture<List<DisqueJob>> waiting =
                async.get(GetJob.from(queue).waiting(Duration.ofSeconds(20)));
        now(async.ping());
        assertThat(waiting).isNotDone();
        now(async.add(AddJob.to(queue, "x")));
        assertThat(now(waiting)).hasSize(1);
    }

    @Scenario
    void everyCommandHasItsReply() throws Exception {
        DisqueJobId id = now(async.add(AddJob.to(queue, "x")));
        assertThat(now(async.show(id))).isPresent();
        assertThat(now(async.peek(DisqueQueue.of(queue), 1))).hasSize(1);
        assertThat(now(async.stat(DisqueQueue.of(queue)))).isPresent();
        assertThat(now(async.dequeue(List.of(id)))).isEqualTo(1);
        assertThat(now(async.enqueue(List.of(id)))).isEqualTo(1);
        assertThat(now(async.get(GetJob.from(queue)))).hasSize(1);
        assertThat(now(async.nack(List.of(id)))).isEqualTo(1);
        assertThat(now(async.working(id))).isEqualTo(Duration.ofMinutes(5));
        assertThat(now(async.fastAck(List.of(id)))).isEqualTo(1);
        assertThat(now(async.delete(List.of(id)))).isZero();
        assertThat(now(async.ack())).isZero();
        assertThat(now(async.pause(DisqueQueue.of(queue), PauseState.NONE))).isEqualTo(PauseState.NONE);
        assertThat(now(async.hello()).nodes()).isNotEmpty();
        assertThat(now(async.info())).isNotEmpty();
        assertThat(now(async.call("PING")).text()).isEqualTo("PONG");
    }
}
