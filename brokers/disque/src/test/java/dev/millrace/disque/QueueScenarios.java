// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the client says about queues and nodes, and what comes back. */
record QueueScenarios(DisqueClient client, String queue) implements AutoCloseable {
    QueueScenarios(ServerUnderTest.Node node) {
        this(
                DisqueClient.connect(node.address(), DisqueOptions.defaults()),
                UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        client.close();
    }

    private List<DisqueJobId> add(int jobs) {
        return client
                .addAll(IntStream.range(0, jobs)
                        .mapToObj(i -> AddJob.to(queue, "job " + i))
                        .toList())
                .stream()
                .map(AddResult::orThrow)
                .toList();
    }

    @Scenario
    void lengthCountsWaitingJobs() {
        assertThat(client.queues().length(queue)).isZero();
        add(3);
        assertThat(client.queues().length(queue)).isEqualTo(3);
        client.get(GetJob.from(queue));
        assertThat(client.queues().length(queue)).isEqualTo(2);
    }

    @Scenario
    void peekTakesNothing() {
        List<DisqueJobId> ids = add(3);
        assertThat(client.queues().peek(queue, 2)).extracting(DisqueJob::id).containsExactly(ids.get(0), ids.get(1));
        assertThat(client.queues().peek(queue, -2)).extracting(DisqueJob::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(client.queues().peek(queue, 0)).isEmpty();
        assertThat(client.queues().peek(queue + "none", 5)).isEmpty();
        assertThat(client.queues().length(queue)).isEqualTo(3);
    }

    @Scenario
    void statTellsWhatIsKnownOfAQueue() {
        assertThat(client.queues().stat(queue)).isEmpty();
        add(3);
        client.get(GetJob.from(queue));
        QueueStat stat = client.queues().stat(queue).orElseThrow();
        assertThat(stat.queue()).isEqualTo(DisqueQueue.of(queue));
        assertThat(stat.length()).isEqualTo(2);
        assertThat(stat.jobsIn()).isEqualTo(3);
        assertThat(stat.jobsOut()).isEqualTo(1);
        assertThat(stat.blocked()).isZero();
        assertThat(stat.pause()).isEqualTo(PauseState.NONE);
        assertThat(stat.importFrom()).isEmpty();
    }

    @Scenario
    void pausedQueuesTakeOrGiveNothing() {
        DisqueQueue name = DisqueQueue.of(queue);
        assertThat(client.queues().pauseState(name)).isEqualTo(PauseState.NONE);
        assertThat(client.queues().pause(queue, PauseState.IN)).isEqualTo(PauseState.IN);
        assertThatThrownBy(() -> client.add(queue, "x"))
                .isInstanceOf(PausedException.class)
                .satisfies(e -> assertThat(((DisqueException) e).helpsLater()).isTrue());
        assertThat(client.queues().pauseEverywhere(name, PauseState.OUT)).isEqualTo(PauseState.OUT);
        client.add(queue, "x");
        assertThat(client.get(GetJob.from(queue))).isEmpty();
        assertThat(client.queues().pause(queue, PauseState.ALL)).isEqualTo(PauseState.ALL);
        assertThat(client.queues().pause(queue, PauseState.NONE)).isEqualTo(PauseState.NONE);
        assertThat(client.get(GetJob.from(queue))).hasSize(1);
    }

    @Scenario
    void scansFollowTheirCursor() {
        List<DisqueJobId> ids = add(250);
        assertThat(client.scanIds(JobScan.all().withQueue(queue).withCount(10)))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(client.scanIds(JobScan.all().withQueue(queue).withStates(JobState.ACKED, JobState.WAIT_REPL)))
                .isEmpty();
        assertThat(client.scanJobs(JobScan.all().withQueue(queue).withStates(JobState.QUEUED)))
                .extracting(JobDetails::id)
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(client.scanIds(JobScan.all().withCount(1)).limit(5)).hasSize(5);
    }

    @Scenario
    void queuesAreScannedByLength() {
        add(7);
        assertThat(client.queues().scan(QueueScan.all().withCount(3))).contains(DisqueQueue.of(queue));
        assertThat(client.queues().scan(QueueScan.all().withMinLength(7).withMaxLength(7)))
                .contains(DisqueQueue.of(queue));
        assertThat(client.queues().scan(QueueScan.all().withMinLength(8))).doesNotContain(DisqueQueue.of(queue));
        assertThat(client.queues().scan(QueueScan.all().withMinImportRate(1))).isEmpty();
    }

    @Scenario
    void aNodeSaysWhoItIs() {
        Hello hello = client.hello();
        assertThat(hello.version()).isEqualTo(1);
        HelloNode self = hello.self().orElseThrow();
        assertThat(self.id()).isEqualTo(hello.nodeId()).hasSize(40);
        assertThat(self.priority()).isEqualTo(1);
        assertThat(self.address()).as("a node alone does not know its address").isEqualTo(client.node());
        assertThat(client.cluster().myId()).isEqualTo(hello.nodeId());
        assertThat(client.cluster().nodes()).hasSize(1);
        assertThat(client.cluster().info()).containsKey("cluster_known_nodes");
    }

    @Scenario
    void aNodeTellsItsFiguresAndItsTime() {
        assertThat(client.info()).containsKeys("disque_version", "registered_jobs", "used_memory");
        assertThat(client.info("queues")).containsOnlyKeys("registered_queues");
        assertThat(client.info("nonsense")).isEmpty();
        assertThat(Duration.between(client.time(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Scenario
    void configurationIsReadAndChanged() {
        String before = client.config("maxmemory-policy").get("maxmemory-policy");
        client.setConfig("maxmemory-policy", "noeviction");
        assertThat(client.config("maxmemory-pol*")).containsEntry("maxmemory-policy", "noeviction");
        client.setConfig("maxmemory-policy", String.valueOf(before));
        assertThat(client.config("nonsense")).isEmpty();
        assertThatThrownBy(() -> client.setConfig("nonsense", "1"))
                .hasMessageContaining("Unsupported CONFIG parameter");
    }

    @Scenario
    void wordsOfMillraceAreOfferedWhereTheServerKnowsThem() {
        boolean known = client.info("server").containsKey("millrace_version");
        assertThat(client.millrace().isPresent()).isEqualTo(known);
        assertThat(client.millrace().isPresent()).as("remembered").isEqualTo(known);
        if (!known) {
            assertThatThrownBy(() -> client.callText("PURGE", queue)).hasMessageContaining("unknown command");
        }
    }

    @Scenario
    void anyOtherCommandCanBeSent() {
        assertThat(client.callText("PING", "hé").text()).isEqualTo("hé");
        assertThat(client.callText("QLEN", queue).number()).isZero();
        assertThat(client.callText("QSTAT", queue).isNull()).isTrue();
        assertThat(client.callText("CONFIG", "GET", "maxclients").elements())
                .extracting(DisqueReply::text)
                .containsExactly("maxclients", client.config("maxclients").get("maxclients"));
        assertThatThrownBy(() -> client.callText("QLEN", queue).text()).isInstanceOf(DisqueProtocolException.class);
    }
}
