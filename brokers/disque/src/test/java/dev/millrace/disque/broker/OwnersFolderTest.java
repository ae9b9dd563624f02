// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.server.MillraceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose owner lets others in by a socket: what they do is as if the owner had done it. */
class OwnersFolderTest {
    private static final QueueName MAIL = new QueueName("mail");
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private EmbeddedBroker owner;
    private MillraceServer server;
    private DisqueBroker guest;

    @BeforeEach
    void open() throws IOException {
        Path socket = folder.resolve("door");
        owner = EmbeddedBroker.builder().directory(folder.resolve("jobs")).open();
        server = MillraceServer.on(owner).unix(socket).start();
        guest = (DisqueBroker) Brokers.open("disque:unix:" + socket);
    }

    @AfterEach
    void close() {
        guest.close();
        server.close();
        owner.close();
    }

    private Delivery taken(Receiver receiver) throws InterruptedException {
        return receiver.receive(1, SOON).getFirst();
    }

    private Receiver receiver() {
        return guest.receiver(new Subscription(List.of(MAIL), 10, SOON, Guarantee.AT_LEAST_ONCE));
    }

    @Test
    void deadLetterOfAGuestIsOneOfTheOwner() throws InterruptedException {
        guest.send(List.of(Job.of(MAIL, Payload.text("hello")).withHeader("a", "1")));
        try (Receiver receiver = receiver()) {
            Delivery delivery = taken(receiver);
            var letter = new Settlement.DeadLetter(delivery, "no such address", Map.of("b", "2"));
            assertThat(receiver.settle(List.of(letter))).containsExactly(Settled.CONFIRMED);
            assertThat(owner.facet(Inspectable.class).orElseThrow().dead(MAIL, 10))
                    .singleElement()
                    .satisfies(dead -> {
                        assertThat(dead.payload().text()).isEqualTo("hello");
                        assertThat(dead.headers())
                                .isEqualTo(Map.of("a", "1", "b", "2", Settlement.REASON_HEADER, "no such address"));
                    });
            assertThat(owner.facet(Inspectable.class).orElseThrow().queues())
                    .extracting(status -> status.queue())
                    .containsExactly(MAIL);
            assertThat(guest.redrive(MAIL, 10)).isEqualTo(1);
            assertThat(taken(receiver).id()).isEqualTo(delivery.id());
        }
    }

    @Test
    void jobThatAGuestHandsBackForLaterIsTheSameToTheOwner() throws InterruptedException {
        guest.send(List.of(Job.of(MAIL, Payload.text("hello"))));
        try (Receiver receiver = receiver()) {
            Delivery delivery = taken(receiver);
            var later = new Settlement.Release(delivery, Duration.ofHours(1), Cause.FAILED, Map.of("a", "1"));
            assertThat(receiver.settle(List.of(later))).containsExactly(Settled.CONFIRMED);
            assertThat(guest.facet(Addressable.class).orElseThrow().show(delivery.id()))
                    .get()
                    .satisfies(job -> {
                        assertThat(job.state()).isEqualTo(JobState.WAITING);
                        assertThat(job.headers()).isEqualTo(Map.of("a", "1"));
                    });
            assertThat(owner.facet(Inspectable.class).orElseThrow().queues())
                    .singleElement()
                    .satisfies(status -> assertThat(status.waiting()).hasValue(1));
        }
    }
}
