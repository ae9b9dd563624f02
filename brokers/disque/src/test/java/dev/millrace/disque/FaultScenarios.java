// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Interrupts, closing, and connections that the server ends. */
record FaultScenarios(DisqueClient client, String queue) implements AutoCloseable {
    FaultScenarios(ServerUnderTest.Node node) {
        this(
                DisqueClient.connect(node.address(), DisqueOptions.defaults()),
                UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        client.close();
        client.close();
    }

    private void untilSomebodyWaits() {
        WaitFor.until(
                "somebody waits",
                () -> client.stat(queue).filter(stat -> stat.blocked() == 1).isPresent());
    }

    private void interruptedGet(Thread.Builder threads) throws Exception {
        FutureTask<Boolean> waiting = new FutureTask<>(() -> {
            assertThatThrownBy(() -> client.get(GetJob.from(queue).waitingForEver()))
                    .isInstanceOf(DisqueInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = threads.start(waiting);
        untilSomebodyWaits();
        thread.interrupt();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).as("stays interrupted").isTrue();
        WaitFor.until("the server knows", () -> client.stat(queue).orElseThrow().blocked() == 0);
        client.add(queue, "x");
        assertThat(client.get(GetJob.from(queue))).hasSize(1);
    }

    @Scenario
    void anInterruptEndsAWaitingGetOnAPlatformThread() throws Exception {
        interruptedGet(Thread.ofPlatform());
    }

    @Scenario
    void anInterruptEndsAWaitingGetOnAVirtualThread() throws Exception {
        interruptedGet(Thread.ofVirtual());
    }

    private void interruptedWork(Thread.Builder threads) throws Exception {
        FutureTask<Boolean> work = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            DisqueJobId id = client.add(queue, "x");
            assertThatThrownBy(() -> client.get(Duration.ofSeconds(5), queue))
                    .isInstanceOf(DisqueInterruptedException.class)
                    .satisfies(e -> assertThat(((DisqueConnectionException) e).mayHaveBeenExecuted())
                            .isFalse());
            assertThat(client.ack(id)).isEqualTo(1);
            return Thread.currentThread().isInterrupted();
        });
        threads.start(work);
        assertThat(work.get(10, TimeUnit.SECONDS)).as("stays interrupted").isTrue();
    }

    @Scenario
    void whoWasInterruptedBeforeCanStillAcknowledgeOnAPlatformThread() throws Exception {
        interruptedWork(Thread.ofPlatform());
    }

    @Scenario
    void whoWasInterruptedBeforeCanStillAcknowledgeOnAVirtualThread() throws Exception {
        interruptedWork(Thread.ofVirtual());
    }

    @Scenario
    void closingEndsWhoeverWaits() throws Exception {
        DisqueClient other = DisqueClient.connect(client.node(), DisqueOptions.defaults());
        Future<?> waiting = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> other.get(GetJob.from(queue).waitingForEver()))
                        .isInstanceOf(DisqueConnectionException.class)
                        .hasMessageContaining("closed"));
        untilSomebodyWaits();
        other.close();
        waiting.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(other::ping).isInstanceOf(IllegalStateException.class);
    }

    @Scenario
    void waitingGetsLeaveConnectionsForOthers() throws Exception {
        DisqueOptions few = DisqueOptions.defaults().withConnections(1);
        try (DisqueClient other = DisqueClient.connect(client.node(), few)) {
            Thread waiting =
                    Thread.startVirtualThread(() -> other.get(GetJob.from(queue).waitingForEver()));
            untilSomebodyWaits();
            other.add(queue, "x");
            waiting.join();
        }
    }
}
