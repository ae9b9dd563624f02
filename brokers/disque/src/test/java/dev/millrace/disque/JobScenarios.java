// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the client says about jobs, and what comes back. */
record JobScenarios(DisqueClient client, String queue) implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);

    JobScenarios(ServerUnderTest.Node node) {
        this(
                DisqueClient.connect(node.address(), DisqueOptions.defaults()),
                UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        client.close();
    }

    private DisqueJob fetch() {
        return client.get(SOON, queue).orElseThrow();
    }

    @Scenario
    void jobIsAddedFetchedAndAcknowledged() {
        DisqueJobId id = client.add(queue, "héllo");
        DisqueJob job = fetch();
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.text()).isEqualTo("héllo");
        assertThat(job.queue()).isEqualTo(DisqueQueue.of(queue));
        assertThat(job.node()).isEqualTo(client.node());
        assertThat(job.counters()).isEmpty();
        assertThat(client.ack(id)).isEqualTo(1);
        assertThat(client.ack(id)).isZero();
        assertThat(client.show(id)).isEmpty();
    }

    @Scenario
    void queueNamesAndBodiesAreAnyBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        byte[] name = (queue + "\0\r\n\u00ff").getBytes(StandardCharsets.ISO_8859_1);
        client.add(AddJob.to(DisqueQueue.of(name), bytes));
        DisqueJob job = client.get(GetJob.from(List.of(DisqueQueue.of(name)))).get(0);
        assertThat(job.body()).isEqualTo(bytes);
        assertThat(job.queue().bytes()).isEqualTo(name);
    }

    @Scenario
    void bodiesMayBeEmptyAndLarge() {
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        client.add(AddJob.to(queue, new byte[0]));
        client.add(AddJob.to(queue, large));
        assertThat(fetch().body()).isEmpty();
        assertThat(fetch().body()).isEqualTo(large);
    }

    @Scenario
    void anEmptyQueueIsAnEmptyListAndNoError() {
        assertThat(client.get(GetJob.from(queue))).isEmpty();
        assertThat(client.get(Duration.ofMillis(1), queue)).isEmpty();
    }

    @Scenario
    void timeoutsBelowAMillisecondEnd() {
        assertThat(client.get(Duration.ofNanos(1), queue)).isEmpty();
    }

    @Scenario
    void manyJobsComeFromSeveralQueuesInTurn() {
        String other = queue + "2";
        for (int i = 0; i < 3; i++) {
            client.add(queue, "a" + i);
            client.add(other, "b" + i);
        }
        assertThat(client.get(GetJob.from(queue, other).withCount(10)).stream().map(DisqueJob::text))
                .containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    }

    @Scenario
    void optionsArriveAsTheyWereGiven() {
        DisqueJobId id = client.add(AddJob.to(queue, "x")
                .withReplicas(1)
                .withDelay(Duration.ofMillis(60_500))
                .withRetry(Duration.ofMillis(1))
                .withTimeToLive(Duration.ofHours(2))
                .withMaxLength(1)
                .async());
        JobDetails details = client.show(id).orElseThrow();
        assertThat(details.id()).isEqualTo(id);
        assertThat(details.queue()).contains(DisqueQueue.of(queue));
        assertThat(details.delay()).isEqualTo(Duration.ofSeconds(61));
        assertThat(details.retry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(details.replicas()).isEqualTo(1);
        assertThat(details.state()).isEqualTo(JobState.ACTIVE);
        assertThat(details.timeToLive()).isBetween(Duration.ofSeconds(7190), Duration.ofSeconds(7200));
        assertThat(details.nextAwake()).isPresent();
        assertThat(details.body().orElseThrow()).isEqualTo(new byte[] {'x'});
        assertThat(id.timeToLive()).isEqualTo(Duration.ofMinutes(121));
        assertThat(id.atMostOnce()).isFalse();
        assertThat(id.nodePrefix()).isEqualTo(client.hello().nodeId().substring(0, 8));
    }

    @Scenario
    void halfASecondOfRetryIsNoLicenceToLoseTheJob() {
        DisqueJobId id = client.add(AddJob.to(queue, "x").withRetry(Duration.ofMillis(500)));
        assertThat(id.atMostOnce()).isFalse();
        assertThat(client.show(id).orElseThrow().retry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(fetch().id()).isEqualTo(id);
        assertThat(fetch().id()).as("redelivered").isEqualTo(id);
    }

    @Scenario
    void atMostOnceIsSaidOnPurpose() {
        DisqueJobId id = client.add(AddJob.to(queue, "x").atMostOnce());
        assertThat(id.atMostOnce()).isTrue();
        JobDetails details = client.show(id).orElseThrow();
        assertThat(details.retry()).isZero();
        assertThat(details.replicas()).isEqualTo(1);
        assertThat(fetch().id()).isEqualTo(id);
        assertThat(client.nack(id)).isZero();
        assertThat(client.working(id)).isZero();
    }

    @Scenario
    void countersTellHowOftenAJobCameBack() {
        DisqueJobId id = client.add(queue, "x");
        GetJob get = GetJob.from(queue).withCounters();
        assertThat(client.get(get).get(0).counters()).contains(new DisqueJob.Counters(0, 0));
        assertThat(client.nack(id)).isEqualTo(1);
        assertThat(client.get(get).get(0).counters()).contains(new DisqueJob.Counters(1, 0));
        assertThat(client.enqueue(id)).isEqualTo(1);
        assertThat(client.get(get).get(0).counters()).contains(new DisqueJob.Counters(1, 1));
    }

    @Scenario
    void enqueueWorksUnlikeInTheOriginal() {
        DisqueJobId id = client.add(AddJob.to(queue, "x").withDelay(Duration.ofHours(1)));
        assertThat(client.get(GetJob.from(queue))).isEmpty();
        assertThat(client.enqueue(id)).isEqualTo(1);
        assertThat(client.get(GetJob.from(queue))).hasSize(1);
    }

    @Scenario
    void dequeueAndDeleteTakeJobsAway() {
        DisqueJobId id = client.add(queue, "x");
        assertThat(client.dequeue(id)).isEqualTo(1);
        assertThat(client.get(GetJob.from(queue))).isEmpty();
        assertThat(client.show(id).orElseThrow().state()).isEqualTo(JobState.ACTIVE);
        assertThat(client.delete(id)).isEqualTo(1);
        assertThat(client.show(id)).isEmpty();
    }

    @Scenario
    void fastAckDropsTheJob() {
        DisqueJobId id = client.add(queue, "x");
        assertThat(client.fastAck(id)).isEqualTo(1);
        assertThat(client.fastAck(id)).isZero();
    }

    @Scenario
    void workingTellsTheRetryTime() {
        DisqueJobId id = client.add(AddJob.to(queue, "x").withRetry(Duration.ofSeconds(77)));
        fetch();
        assertThat(client.working(id)).isEqualTo(Duration.ofSeconds(77));
    }

    @Scenario
    void workingOnAnUnknownJobIsNoJob() {
        DisqueJobId id = client.add(queue, "x");
        client.ack(id);
        assertThatThrownBy(() -> client.working(id))
                .isInstanceOf(NoJobException.class)
                .satisfies(e -> assertThat(((DisqueException) e).helpsLater()).isFalse());
    }

    @Scenario
    void noIdsAreNoCommand() {
        assertThat(client.ack()).isZero();
        assertThat(client.nack(List.of())).isZero();
    }

    @Scenario
    void manyJobsAreAddedAtOnceAndEachHasItsResult() {
        int many = 5_000;
        List<AddJob> jobs = IntStream.range(0, many)
                .mapToObj(i -> AddJob.to(queue, "job " + i))
                .toList();
        List<AddResult> results = client.addAll(jobs);
        assertThat(results).hasSize(many).allMatch(AddResult::isAdded);
        List<DisqueJobId> fetched = new ArrayList<>();
        while (fetched.size() < many) {
            List<DisqueJob> some = client.get(GetJob.from(queue).withCount(1000));
            assertThat(some).isNotEmpty();
            some.forEach(job -> {
                assertThat(job.text()).isEqualTo("job " + fetched.size());
                assertThat(job.id()).isEqualTo(results.get(fetched.size()).orThrow());
                fetched.add(job.id());
            });
        }
        assertThat(client.ack(fetched)).isEqualTo(many);
        assertThat(client.addAll(List.of())).isEmpty();
    }

    @Scenario
    void errorsOfSingleJobsAreNotSwallowed() {
        AddJob job = AddJob.to(queue, "x").withMaxLength(1);
        List<AddResult> results = client.addAll(List.of(job, job, AddJob.to(queue, "y"), job));
        assertThat(results).extracting(AddResult::isAdded).containsExactly(true, false, true, false);
        assertThat(results.get(1).error().orElseThrow()).isInstanceOf(MaxLenException.class);
        assertThatThrownBy(() -> results.get(3).orThrow()).isInstanceOf(MaxLenException.class);
        client.ping();
    }

    @Scenario
    void errorsAreWhatTheyAre() {
        client.add(queue, "x");
        assertThatThrownBy(() -> client.add(AddJob.to(queue, "y").withMaxLength(1)))
                .isInstanceOf(MaxLenException.class)
                .satisfies(e -> assertThat(((DisqueException) e).helpsLater()).isTrue());
        assertThatThrownBy(() -> client.add(AddJob.to(queue, "y").withReplicas(2)))
                .isInstanceOf(NoReplException.class)
                .satisfies(
                        e -> assertThat(((DisqueException) e).helpsElsewhere()).isFalse());
        assertThatThrownBy(() -> client.callText("ACKJOB", "nonsense")).isInstanceOf(BadIdException.class);
        assertThatThrownBy(() -> client.add(AddJob.to(queue, "y")
                        .withTimeToLive(Duration.ofSeconds(1))
                        .withDelay(Duration.ofSeconds(5))))
                .isExactlyInstanceOf(DisqueServerException.class)
                .hasMessageContaining("DELAY is greater than TTL");
        assertThatThrownBy(() -> client.callText("NÖNSENSE"))
                .isExactlyInstanceOf(DisqueServerException.class)
                .hasMessage("ERR unknown command 'NÖNSENSE'");
    }

    @Scenario
    void workingTooLateIsRefused() {
        DisqueJobId id = client.add(AddJob.to(queue, "x").withTimeToLive(Duration.ofSeconds(3)));
        WaitFor.until("half of the life is over", () -> {
            try {
                client.working(id);
                return false;
            } catch (TooLateException e) {
                return true;
            }
        });
    }

    @Scenario
    void waitingGetIsWokenByAJob() throws Exception {
        Thread adder = Thread.startVirtualThread(() -> {
            WaitFor.until(
                    "somebody waits",
                    () -> client.stat(queue).filter(stat -> stat.blocked() == 1).isPresent());
            client.add(queue, "x");
        });
        assertThat(client.get(GetJob.from(queue).waitingForEver())).hasSize(1);
        adder.join();
    }
}
