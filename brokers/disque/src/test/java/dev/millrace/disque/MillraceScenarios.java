// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Watchdog;
import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The words that Disque does not have: what the client says, and what a server of Millrace does. */
record MillraceScenarios(DisqueClient client, MillraceWords words, String queue) implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);

    MillraceScenarios(ServerUnderTest.Node node) {
        this(DisqueClient.connect(node.address(), DisqueOptions.defaults()));
    }

    private MillraceScenarios(DisqueClient client) {
        this(client, client.millrace().orElseThrow(), UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        client.close();
    }

    private AddJob job(String body) {
        return AddJob.to(queue, body);
    }

    @Scenario
    void theServerListsItsWords() {
        assertThat(words.extensions()).contains("addjob-id", "nack-pdelay", "waitjob");
    }

    @Scenario
    void whoMayNotLookIsToldTheSameWords() {
        try (Watchdog watchdog = new Watchdog("test", NanoClock.SYSTEM).started();
                Connections connections = Connections.to(
                        client.node().endpoint(), DisqueOptions.defaults().settings(), watchdog)) {
            assertThat(connections.call(MillraceCommands.extensionsByCommand())).isEqualTo(words.extensions());
        }
    }

    @Scenario
    void anIdOfYourOwnIsThereOnceWhateverTheQueue() {
        JobExtras extras = JobExtras.none().withId("żółw " + queue);
        DisqueJobId first = words.add(job("first"), extras);
        assertThat(words.find("żółw " + queue)).map(JobDetails::id).contains(first);
        assertThatThrownBy(() -> words.add(AddJob.to(queue + "other", "second"), extras))
                .isInstanceOfSatisfying(DuplicateJobException.class, e -> {
                    assertThat(e.existing()).isEqualTo(first);
                    assertThat(e.helpsElsewhere() || e.helpsLater()).isFalse();
                });
        assertThat(client.queues().length(queue + "other")).isZero();
        client.ack(first);
        assertThat(words.find("żółw " + queue)).isEmpty();
        assertThat(words.add(job("third"), extras)).isNotEqualTo(first);
    }

    @Scenario
    void headersTravelBesideTheBody() {
        words.add(
                job("b").withRetry(SOON),
                JobExtras.none().withHeader("język", "pl").withHeader("empty", ""));
        assertThat(client.queues().peek(queue, 1).get(0).headers()).isEmpty();
        DisqueJob fetched =
                words.get(GetJob.from(queue).waiting(SOON).withCounters()).get(0);
        assertThat(fetched.text()).isEqualTo("b");
        assertThat(fetched.headers()).containsExactly(entry("język", "pl"), entry("empty", ""));
        assertThat(fetched.counters()).contains(new DisqueJob.Counters(0, 0));
        client.nack(fetched.id());
        assertThat(words.get(GetJob.from(queue)).get(0).headers()).containsOnlyKeys("język", "empty");
        client.add(queue, "plain");
        assertThat(words.get(GetJob.from(queue)).get(0).headers()).isEmpty();
    }

    @Scenario
    void frontAndPriorityGoFirst() {
        client.add(queue, "usual");
        words.add(job("last"), JobExtras.none().withPriority(0));
        words.add(job("front"), JobExtras.none().atFront());
        words.add(job("urgent"), JobExtras.none().withPriority(9));
        assertThat(client.get(GetJob.from(queue).withCount(9)))
                .extracting(DisqueJob::text)
                .containsExactly("urgent", "front", "usual", "last");
    }

    @Scenario
    void aJobGivenBackWithADelayComesAfterIt() {
        DisqueJobId id = client.add(queue, "b");
        assertThat(client.get(SOON, queue)).isPresent();
        assertThat(words.nack(Duration.ofMillis(300), id)).isEqualTo(1);
        assertThat(client.get(GetJob.from(queue))).isEmpty();
        assertThat(client.show(id).orElseThrow().nextRequeue().orElseThrow())
                .isBetween(Duration.ZERO, Duration.ofMillis(300));
        DisqueJob again =
                client.get(GetJob.from(queue).waiting(SOON).withCounters()).get(0);
        assertThat(again.counters()).contains(new DisqueJob.Counters(1, 0));
        assertThat(words.nack(Duration.ZERO)).as("no ids").isZero();
    }

    @Scenario
    void headersAreAddedWhenAJobIsGivenBackOrPutAside() {
        DisqueJobId id =
                words.add(job("b"), JobExtras.none().withHeader("a", "1").withHeader("b", "1"));
        assertThat(client.get(SOON, queue)).isPresent();
        assertThat(words.nack(Duration.ZERO, Map.of("b", "two"), List.of(id))).isEqualTo(1);
        assertThat(words.get(GetJob.from(queue)).get(0).headers()).isEqualTo(Map.of("a", "1", "b", "two"));
        assertThat(words.bury("why", Map.of("c", "3"), List.of(id))).isEqualTo(1);
        assertThat(words.revive(id)).isEqualTo(1);
        assertThat(words.revive(id)).isZero();
        assertThat(words.get(GetJob.from(queue)).get(0).headers()).containsEntry("c", "3");
        assertThat(words.nack(Duration.ofDays(36_525), id)).isEqualTo(1);
    }

    @Scenario
    void manyJobsAreGivenBackInSeveralCommands() {
        List<DisqueJobId> ids = client
                .addAll(IntStream.range(0, 1001).mapToObj(i -> job("b")).toList())
                .stream()
                .map(AddResult::orThrow)
                .toList();
        client.get(GetJob.from(queue).withCount(2000));
        assertThat(words.nack(Duration.ofHours(1), ids)).isEqualTo(1001);
        assertThat(words.purge(queue)).isEqualTo(1001);
    }

    @Scenario
    void afterItsLastDeliveryAJobIsPutAsideAndComesBackWhenItIsTold() {
        DisqueJobId id = words.add(job("b"), JobExtras.none().withDeliveries(1));
        assertThat(client.get(SOON, queue)).isPresent();
        assertThat(words.nack(Duration.ofHours(1), id)).isEqualTo(1);
        assertThat(words.dead(queue, 10))
                .extracting(dead -> dead.details().id())
                .containsExactly(id);
        assertThat(client.show(id).orElseThrow().state()).isEqualTo(JobState.DEAD);
        assertThat(words.redrive(queue, Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(words.dead(queue, 10)).isEmpty();
        assertThat(client.get(SOON, queue)).map(DisqueJob::id).contains(id);
    }

    @Scenario
    void jobsArePutAsideByHandAndRedrivenOrThrownAway() {
        List<DisqueJobId> ids = List.of(client.add(queue, "a"), client.add(queue, "b"), client.add(queue, "c"));
        assertThat(words.bury("cannot be read: żółw", ids)).isEqualTo(3);
        assertThat(client.queues().length(queue)).isZero();
        assertThat(words.dead(queue, 2)).hasSize(2).allSatisfy(dead -> {
            assertThat(dead.details().state()).isEqualTo(JobState.DEAD);
            assertThat(dead.details().queue()).contains(DisqueQueue.of(queue));
            assertThat(dead.reason()).contains("cannot be read: żółw");
            assertThat(dead.since()).isPresent();
        });
        assertThat(words.redrive(queue, 1)).isEqualTo(1);
        assertThat(client.get(SOON, queue)).map(DisqueJob::text).contains("a");
        assertThat(words.purgeDead(queue)).isEqualTo(2);
        assertThat(client.show(ids.get(2))).isEmpty();
    }

    @Scenario
    void purgeThrowsAwayWhatNobodyHas() {
        DisqueJobId held = client.add(queue, "held");
        assertThat(client.get(SOON, queue)).isPresent();
        client.add(queue, "queued");
        client.add(job("delayed").withDelay(Duration.ofHours(1)));
        assertThat(words.purge(queue)).isEqualTo(2);
        assertThat(client.queues().length(queue)).isZero();
        assertThat(client.show(held)).isPresent();
    }

    @Scenario
    void whoWaitsForAJobIsToldHowItEnded() {
        DisqueJobId id = client.add(queue, "b");
        assertThat(words.awaitEnd(id, Duration.ofMillis(50))).isEmpty();
        assertThat(words.awaitEnd(id, Duration.ZERO)).as("zero is not for ever").isEmpty();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var inTime = CompletableFuture.supplyAsync(() -> words.awaitEnd(id, SOON), threads);
            var forEver = CompletableFuture.supplyAsync(() -> words.awaitEnd(id), threads);
            WaitFor.until("both wait", () -> waiters() == 2);
            client.ack(id);
            assertThat(inTime.join()).contains(JobEnd.ACKED);
            assertThat(forEver.join()).isEqualTo(JobEnd.ACKED);
        }
        assertThat(words.awaitEnd(id)).isEqualTo(JobEnd.UNKNOWN);
    }

    @Scenario
    void everyEndHasItsName() {
        assertThat(endOf(job("deleted"), client::delete)).contains(JobEnd.DELETED);
        assertThat(endOf(job("dead"), id -> words.bury("no", id))).contains(JobEnd.DEAD);
        assertThat(endOf(job("expired").withTimeToLive(Duration.ofSeconds(1)), id -> {}))
                .contains(JobEnd.EXPIRED);
    }

    /** How many connections wait for the end of a job now. */
    private long waiters() {
        return client.callText("CLIENT", "LIST")
                .text()
                .lines()
                .filter(line -> line.contains("flags=b ") && line.contains("cmd=waitjob"))
                .count();
    }

    private interface Ending {
        void of(DisqueJobId id);
    }

    private Optional<JobEnd> endOf(AddJob job, Ending ending) {
        DisqueJobId id = client.add(job);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = CompletableFuture.supplyAsync(() -> words.awaitEnd(id, SOON), threads);
            WaitFor.until("it waits", () -> waiters() == 1);
            ending.of(id);
            return waiting.join();
        }
    }
}
