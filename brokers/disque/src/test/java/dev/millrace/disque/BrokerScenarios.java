// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The broker on a server in real time: the contract, which turns the clock by hand, cannot run on every server. */
record BrokerScenarios(Broker broker, DisqueClient client, QueueName queue) implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    BrokerScenarios(ServerUnderTest.Node node) {
        this(
                Brokers.open("disque://" + node.address()),
                DisqueClient.connect(node.address(), DisqueOptions.defaults()),
                new QueueName(UUID.randomUUID().toString()));
    }

    @Override
    public void close() {
        broker.close();
        client.close();
    }

    private Receiver receiver() {
        return broker.receiver(new Subscription(List.of(queue), 100, SOON, Guarantee.AT_LEAST_ONCE));
    }

    private Job job(String text) {
        return Job.of(queue, Payload.text(text));
    }

    private static Delivery taken(Receiver receiver) throws InterruptedException {
        return receiver.receive(1, SOON).getFirst();
    }

    private static void settled(Receiver receiver, Settlement settlement) {
        assertThat(receiver.settle(List.of(settlement))).containsExactly(Settled.CONFIRMED);
    }

    private Inspectable inspectable() {
        return broker.facet(Inspectable.class).orElseThrow();
    }

    @Scenario
    void aRetryForLaterKeepsItsIdAndGetsHeaders() throws InterruptedException {
        broker.send(List.of(job("hello").withHeader("a", "1").withHeader("b", "1")));
        try (Receiver receiver = receiver()) {
            Delivery first = taken(receiver);
            assertThat(first.headers()).isEqualTo(Map.of("a", "1", "b", "1"));
            settled(receiver, new Settlement.Release(first, Duration.ofSeconds(1), Cause.FAILED, Map.of("b", "2")));
            assertThat(receiver.receive(1, Duration.ZERO)).isEmpty();
            Delivery second = taken(receiver);
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.payload()).isEqualTo(first.payload());
            assertThat(second.headers()).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(second.attempt()).isGreaterThan(1);
            settled(receiver, new Settlement.Ack(second));
        }
    }

    @Scenario
    void aJobThatComesOnceIsDeliveredThoughHalfOfItsLifeIsOver() throws InterruptedException {
        DisqueJobId id =
                client.add(AddJob.to(queue.value(), "once").atMostOnce().withTimeToLive(Duration.ofSeconds(8)));
        WaitFor.until(
                "half of its life is over",
                () -> client.show(id).orElseThrow().timeToLive().compareTo(Duration.ofSeconds(3)) <= 0);
        try (Receiver receiver = receiver()) {
            Delivery late = taken(receiver);
            assertThat(late.id()).hasToString("" + id);
            assertThat(late.leaseUntil().orElseThrow()).isBefore(Instant.now().plus(SOON));
            assertThat(((LeaseExtending) receiver).extend(late, SOON))
                    .as("nobody else gets it")
                    .isPresent();
            settled(receiver, new Settlement.Ack(late));
        }
    }

    @Scenario
    void deadLettersAreListedRedrivenAndThrownAway() throws InterruptedException {
        broker.send(List.of(job("one"), job("two")));
        Administrable administrable = broker.facet(Administrable.class).orElseThrow();
        try (Receiver receiver = receiver()) {
            settled(receiver, new Settlement.DeadLetter(taken(receiver), "no such address"));
            settled(receiver, new Settlement.DeadLetter(taken(receiver), "no such address"));
            assertThat(inspectable().dead(queue, 10))
                    .hasSize(2)
                    .allSatisfy(dead ->
                            assertThat(dead.headers()).containsEntry(Settlement.REASON_HEADER, "no such address"));
            assertThat(administrable.redrive(queue, 1)).isEqualTo(1);
            settled(receiver, new Settlement.Ack(taken(receiver)));
            assertThat(administrable.purgeDead(queue)).isEqualTo(1);
            assertThat(inspectable().dead(queue, 10)).isEmpty();
        }
    }

    @Scenario
    void aJobIsFoundByItsIdThroughRetryAndDeath() throws InterruptedException {
        broker.send(List.of(job("hello")));
        Addressable addressable = broker.facet(Addressable.class).orElseThrow();
        try (Receiver receiver = receiver()) {
            Delivery first = taken(receiver);
            JobId id = first.id();
            assertThat(addressable.show(id).orElseThrow().state()).isEqualTo(JobState.LEASED);
            settled(receiver, new Settlement.Release(first, Duration.ofHours(1), Cause.FAILED));
            assertThat(addressable.show(id).orElseThrow().state()).isEqualTo(JobState.WAITING);
            assertThat(addressable.release(id)).isEqualTo(Settled.CONFIRMED);
            settled(receiver, new Settlement.DeadLetter(taken(receiver), "why"));
            assertThat(addressable.show(id).orElseThrow().state()).isEqualTo(JobState.DEAD);
            assertThat(addressable.release(id)).isEqualTo(Settled.CONFIRMED);
            assertThat(taken(receiver).id()).isEqualTo(id);
            assertThat(addressable.ack(id)).isEqualTo(Settled.CONFIRMED);
            assertThat(addressable.show(id)).isEmpty();
        }
    }

    @Scenario
    void jobsAreCountedByTheirState() throws InterruptedException {
        broker.send(List.of(job("one"), job("two"), job("three"), job("later").after(Duration.ofHours(1))));
        try (Receiver receiver = receiver()) {
            settled(receiver, new Settlement.DeadLetter(taken(receiver), "why"));
            taken(receiver);
            QueueStatus status = inspectable().queues().stream()
                    .filter(one -> one.queue().equals(queue))
                    .findFirst()
                    .orElseThrow();
            assertThat(List.of(
                            status.ready().orElseThrow(),
                            status.waiting().orElseThrow(),
                            status.leased().orElseThrow(),
                            status.dead().orElseThrow()))
                    .containsExactly(1L, 1L, 1L, 1L);
            assertThat(broker.facet(Administrable.class).orElseThrow().purge(queue))
                    .isEqualTo(2);
        }
    }

    @Scenario
    void aWorkerDoesAllJobsThoughEachFailsOnce() {
        List<Job> jobs = IntStream.range(0, 300).mapToObj(i -> job("job " + i)).toList();
        broker.send(jobs);
        Set<String> tried = ConcurrentHashMap.newKeySet();
        Set<String> done = ConcurrentHashMap.newKeySet();
        try (Worker worker = Worker.on(broker)
                .queue(queue.value(), 32)
                .retry(RetryPolicy.fixed(Duration.ofSeconds(1)))
                .handle(queue.value(), (payload, context) -> {
                    if (tried.add(payload.text())) {
                        throw new IllegalStateException("the first time");
                    }
                    done.add(payload.text());
                })
                .start()) {
            WaitFor.until("all are done", () -> done.size() == jobs.size());
            worker.drain(SOON);
        }
        assertThat(inspectable().peek(queue, 10)).isEmpty();
    }
}
