// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three nodes that know each other; each scenario has its own. */
final class ClusterScenarios implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<ServerUnderTest.Node> nodes = new ArrayList<>();
    private final List<DisqueClient> clients = new ArrayList<>();
    private final DisquePool pool;

    ClusterScenarios(ServerUnderTest server) {
        for (int i = 0; i < 3; i++) {
            nodes.add(server.start());
            clients.add(DisqueClient.connect(nodes.get(i).address(), DisqueOptions.defaults()));
        }
        for (DisqueClient client : clients.subList(1, 3)) {
            clients.get(0).cluster().meet(client.node().host(), client.node().port());
        }
        WaitFor.until("all know all", () -> clients.stream().allMatch(client -> knows(client, 3)));
        WaitFor.until("all can copy to all", () -> clients.stream().allMatch(ClusterScenarios::replicates));
        pool = DisquePool.builder(List.of(nodes.get(0).address()))
                .refreshEvery(Duration.ofMillis(200))
                .connect();
    }

    private static boolean knows(DisqueClient client, int others) {
        return client.hello().nodes().stream()
                        .filter(node -> node.priority() == 1)
                        .count()
                == others;
    }

    private static boolean replicates(DisqueClient client) {
        try {
            return client.ack(client.add(AddJob.to("probe", "x").withReplicas(3))) == 1;
        } catch (NoReplException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
        pool.close();
        clients.forEach(DisqueClient::close);
        nodes.forEach(ServerUnderTest.Node::close);
    }

    private void kill(int node) {
        nodes.remove(node).close();
        clients.remove(node).close();
    }

    private static AddJob onOneNode(String queue) {
        return AddJob.to(queue, "x").withReplicas(1);
    }

    @Scenario
    void nodesAreFoundByHello() {
        assertThat(pool.size()).isEqualTo(3);
        assertThat(pool.clients())
                .extracting(DisqueClient::node)
                .containsExactlyInAnyOrderElementsOf(
                        nodes.stream().map(ServerUnderTest.Node::address).toList());
        assertThat(pool.client(nodes.get(2).address()).orElseThrow().hello().nodeId())
                .isEqualTo(clients.get(2).hello().nodeId());
    }

    @Scenario
    void jobsAreAddedFetchedAndAcknowledgedAnywhere() {
        DisqueConsumer consumer = pool.consumer("queue");
        for (int i = 0; i < 20; i++) {
            pool.add("queue", "job " + i);
        }
        int got = 0;
        while (got < 20) {
            List<DisqueJob> jobs = consumer.take(10, SOON);
            assertThat(jobs).isNotEmpty();
            assertThat(pool.ack(jobs)).isEqualTo(jobs.size());
            got += jobs.size();
        }
        assertThat(consumer.node()).isNotNull();
    }

    @Scenario
    void workGoesOnWhenANodeIsKilled() {
        try (DisquePool stubborn = DisquePool.builder(List.of(nodes.get(1).address()))
                .repeatLostAdds()
                .connect()) {
            workGoesOn(stubborn);
        }
    }

    private void workGoesOn(DisquePool stubborn) {
        List<AddResult> added = stubborn.addAll(IntStream.range(0, 50)
                .mapToObj(i -> AddJob.to("queue", "job " + i).withReplicas(2).withRetry(Duration.ofSeconds(2)))
                .toList());
        assertThat(added).allMatch(AddResult::isAdded);
        DisqueConsumer consumer = pool.consumer("queue");
        List<DisqueJob> first = consumer.take(5, SOON);
        assertThat(first).isNotEmpty();
        NodeAddress victim = first.get(0).node();
        kill(IntStream.range(0, 3)
                .filter(i -> nodes.get(i).address().equals(victim))
                .findFirst()
                .orElseThrow());
        for (int i = 0; i < 10; i++) {
            stubborn.add(onOneNode("other"));
        }
        assertThat(pool.ack(first)).as("other nodes know them").isGreaterThanOrEqualTo(0);
        List<DisqueJobId> seen = new ArrayList<>();
        WaitFor.until("all others come", Duration.ofSeconds(40), () -> {
            List<DisqueJob> jobs = consumer.take(20, Duration.ofMillis(200));
            jobs.forEach(job -> seen.add(job.id()));
            pool.ack(jobs);
            return Stream.concat(first.stream().map(DisqueJob::id), seen.stream())
                            .distinct()
                            .count()
                    == 50;
        });
        assertThat(consumer.node()).isNotEqualTo(victim);
        WaitFor.until("the dead node is seen", () -> pool.size() == 2);
    }

    @Scenario
    void aLeavingNodeIsLeft() {
        DisqueConsumer consumer = pool.consumer("queue");
        assertThat(consumer.take(1, Duration.ofMillis(1))).isEmpty();
        NodeAddress first = consumer.node();
        DisqueClient leaving = clients.stream()
                .filter(client -> client.node().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(leaving.cluster().isLeaving()).isFalse();
        leaving.cluster().setLeaving(true);
        assertThat(leaving.cluster().isLeaving()).isTrue();
        assertThatThrownBy(() -> leaving.get(Duration.ofSeconds(1), "queue"))
                .isInstanceOf(LeavingException.class)
                .satisfies(
                        e -> assertThat(((DisqueException) e).helpsElsewhere()).isTrue());
        pool.stopRefreshing();
        assertThat(consumer.take(1, Duration.ofMillis(1))).isEmpty();
        assertThat(consumer.node()).isNotEqualTo(first);
        pool.startRefreshing();
        for (int i = 0; i < 10; i++) {
            pool.add(onOneNode("queue"));
        }
        WaitFor.until("HELLO says so", () -> pool.size() == 2);
    }

    @Scenario
    void wordsAboutAJobReachTheNodeThatKnowsIt() {
        for (DisqueClient creator : clients) {
            DisqueJobId id = creator.add(onOneNode("queue" + creator.node().port()));
            DisqueJob job =
                    creator.get(GetJob.from("queue" + creator.node().port())).get(0);
            assertThat(pool.working(job)).isPositive();
            assertThat(pool.show(id)).isPresent();
            assertThat(pool.nack(job)).isEqualTo(1);
            assertThat(pool.show(id).orElseThrow().counters().nacks()).isEqualTo(1);
            assertThat(pool.fastAck(List.of(job))).isEqualTo(1);
            assertThatThrownBy(() -> pool.working(job)).isInstanceOf(NoJobException.class);
            assertThat(pool.show(id)).isEmpty();
        }
    }

    @Scenario
    void aConsumerMovesToWhereItsJobsAreCreated() {
        DisqueConsumer consumer = pool.consumer("queue");
        assertThat(consumer.take(1, Duration.ofMillis(1))).isEmpty();
        DisqueClient busy = clients.stream()
                .filter(client -> !client.node().equals(consumer.node()))
                .findFirst()
                .orElseThrow();
        WaitFor.until("the consumer is there", Duration.ofSeconds(30), () -> {
            busy.addAll(IntStream.range(0, 10).mapToObj(i -> onOneNode("queue")).toList());
            pool.ack(consumer.take(10, Duration.ofMillis(500)));
            return busy.node().equals(consumer.node());
        });
    }

    @Scenario
    void pausingEverywhereReachesTheOthers() {
        DisqueQueue queue = DisqueQueue.of("queue");
        clients.get(0).pauseEverywhere(queue, PauseState.ALL);
        WaitFor.until(
                "all are paused",
                () -> clients.stream().allMatch(client -> client.pauseState(queue) == PauseState.ALL));
    }
}
