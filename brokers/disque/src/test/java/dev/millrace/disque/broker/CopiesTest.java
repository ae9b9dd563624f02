// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Envelope;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.JobDetails;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What copies of jobs are made with, and how they are found. */
class CopiesTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final MillraceHarness harness = new MillraceHarness(true);
    private final Broker broker = harness.open();
    private final DisqueClient client = DisqueClient.connect(harness.node(), DisqueOptions.defaults());
    private final QueueName queue = new QueueName("mail");
    private final Receiver receiver =
            broker.receiver(new Subscription(List.of(queue), 10, SOON, Guarantee.AT_LEAST_ONCE));

    @AfterEach
    void close() {
        receiver.close();
        client.close();
        broker.close();
        harness.close();
    }

    private Delivery taken() throws InterruptedException {
        return receiver.receive(1, SOON).getFirst();
    }

    private void settled(Settlement settlement) {
        assertThat(receiver.settle(List.of(settlement))).containsExactly(Settled.CONFIRMED);
    }

    @Test
    void aBodyThatClaimsAnImpossibleIdIsAJobLikeAnyOther() throws InterruptedException {
        byte[] odd = new Envelope(Map.of("millrace-copy-of", " "), Payload.text("odd"))
                .seal()
                .bytes();
        String id = "" + client.add(AddJob.to("mail", odd));
        client.add("mail", "good");
        List<Delivery> both = receiver.receive(10, SOON);
        assertThat(both).extracting(one -> one.payload().text()).containsExactly("odd", "good");
        assertThat(both.getFirst().id()).hasToString(id);
        assertThat(broker.facet(Addressable.class).orElseThrow().show(new JobId("unknown")))
                .isEmpty();
    }

    private Delivery onceAndDead() throws InterruptedException {
        client.add(AddJob.to("mail", "once").atMostOnce());
        Delivery delivery = taken();
        settled(new Settlement.DeadLetter(delivery, "why"));
        return delivery;
    }

    @Test
    void aDeadLetterOfAJobThatComesOnceIsNotLostWhileItsQueueIsClosed() throws InterruptedException {
        JobId id = onceAndDead().id();
        Administrable administrable = broker.facet(Administrable.class).orElseThrow();
        administrable.pause(queue, Pause.IN);
        assertThatThrownBy(() -> administrable.redrive(queue, 10)).isInstanceOf(BrokerException.class);
        administrable.pause(queue, Pause.NONE);
        assertThat(administrable.redrive(queue, 10)).isEqualTo(1);
        assertThat(taken().id()).isEqualTo(id);
    }

    @Test
    void whoeverTakesADeadLetterAndDiesLosesNothing() throws InterruptedException {
        JobId id = onceAndDead().id();
        assertThat(client.get(SOON, "mail.dead")).isPresent();
        harness.pass(Terms.DEFAULT_RETRY.plusSeconds(1));
        assertThat(broker.facet(Inspectable.class).orElseThrow().dead(queue, 10))
                .singleElement()
                .satisfies(dead -> assertThat(dead.id()).isEqualTo(id));
    }

    @Test
    void aJobThatComesOnceIsSuchAgainAfterItsDeath() throws InterruptedException {
        onceAndDead();
        assertThat(broker.facet(Administrable.class).orElseThrow().redrive(queue, 10))
                .isEqualTo(1);
        assertThat(client.show(client.queues().peek("mail", 1).getFirst().id()))
                .map(JobDetails::retry)
                .contains(Duration.ZERO);
        assertThat(taken().headers()).isEmpty();
    }

    @Test
    void aLifeThatJustOutlastsTheDelayIsEnough() throws InterruptedException {
        broker.send(List.of(Job.of(queue, Payload.text("hello")).expiringAfter(Duration.ofSeconds(10))));
        Delivery delivery = taken();
        settled(new Settlement.Release(delivery, Duration.ofMillis(9_500), Settlement.Cause.FAILED));
        harness.pass(Duration.ofSeconds(10));
        assertThat(taken().id()).isEqualTo(delivery.id());
    }

    @Test
    void whereThereAreNoCopiesNobodyLooksForThem() {
        client.addAll(IntStream.range(0, 500)
                .mapToObj(i -> AddJob.to("mail", "job " + i))
                .toList());
        try (Broker words = DisqueBroker.builder().node(harness.node()).open()) {
            long before = scans();
            Addressable addressable = words.facet(Addressable.class).orElseThrow();
            assertThat(addressable.ack(new JobId("D-dcb833cf-8YL1NT17e9+wsA/09NqxscQI-05a1")))
                    .isEqualTo(Settled.LOST);
            assertThat(addressable.show(new JobId("nobody's"))).isEmpty();
            assertThat(scans()).isEqualTo(before);
        }
    }

    private long scans() {
        String line = client.info("commandstats").getOrDefault("cmdstat_jscan", "calls=0,");
        return Long.parseLong(line.substring("calls=".length(), line.indexOf(',')));
    }
}
