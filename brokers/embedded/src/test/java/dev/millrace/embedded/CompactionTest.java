// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.ack;
import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old jobs do not keep the disk of newer ones, and lose nothing by being moved. */
@Tag("slow")
class CompactionTest {
    private static final int SEGMENT = 1 << 16;
    private static final QueueName KEPT = new QueueName("kept");

    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private EmbeddedBroker open() {
        return EmbeddedBroker.builder()
                .directory(folder)
                .segmentBytes(SEGMENT)
                .clock(clock)
                .open();
    }

    private long bytesOnDisk() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void churn(EmbeddedBroker broker, int rounds) {
        Receiver receiver = receiver(broker);
        for (int i = 0; i < rounds; i++) {
            broker.send(
                    IntStream.range(0, 100).mapToObj(n -> job("x".repeat(100))).toList());
            ack(receiver, take(receiver));
        }
    }

    private static Delivery takeKept(Receiver receiver) {
        List<Delivery> taken = take(receiver);
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    @Test
    void stuckJobDoesNotKeepTheDiskOfThousandsThatAreDone() {
        try (EmbeddedBroker broker = open()) {
            stored(broker, Job.of(KEPT, Payload.text("stuck")));
            churn(broker, 500);
            assertThat(bytesOnDisk()).isLessThan(8L * SEGMENT);
            assertThat(broker.peek(KEPT, 10))
                    .extracting(glimpse -> glimpse.payload().text())
                    .containsExactly("stuck");
        }
    }

    @Test
    void folderOfAnEmptyBrokerHoldsTwoSegmentsAtTheMost() {
        try (EmbeddedBroker broker = open()) {
            churn(broker, 200);
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(2L * SEGMENT + 4096);
    }

    @Test
    void movedJobsKeepAllThatIsKnownOfThem() {
        JobId waiting;
        JobId dead;
        JobId tried;
        try (EmbeddedBroker broker = open()) {
            waiting = stored(
                    broker,
                    Job.of(KEPT, Payload.text("waiting"))
                            .withHeader("colour", "red")
                            .withId("chosen")
                            .after(Duration.ofHours(2)));
            Receiver receiver = broker.receiver(Subscription.to("kept", 10, Jobs.LEASE));
            dead = stored(broker, Job.of(KEPT, Payload.text("dead")));
            receiver.settle(List.of(new Settlement.DeadLetter(takeKept(receiver), "poison", Map.of("by", "test"))));
            tried = stored(broker, Job.of(KEPT, Payload.text("tried")).withPriority(7));
            receiver.settle(List.of(
                    new Settlement.Release(takeKept(receiver), Duration.ZERO, Cause.FAILED, Map.of("error", "no"))));
            churn(broker, 500);
        }
        try (EmbeddedBroker broker = open()) {
            assertThat(broker.show(waiting)).get().satisfies(glimpse -> {
                assertThat(glimpse.payload().text()).isEqualTo("waiting");
                assertThat(glimpse.headers()).containsEntry("colour", "red");
                assertThat(glimpse.due()).contains(clock.instant().plus(Duration.ofHours(2)));
            });
            assertThat(broker.dead(KEPT, 10)).singleElement().satisfies(glimpse -> {
                assertThat(glimpse.id()).isEqualTo(dead);
                assertThat(glimpse.headers())
                        .containsEntry("by", "test")
                        .containsEntry(Settlement.REASON_HEADER, "poison");
            });
            assertThat(broker.peek(KEPT, 10)).extracting(Glimpse::id).containsExactly(tried);
            Delivery again = takeKept(broker.receiver(Subscription.to("kept", 10, Jobs.LEASE)));
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(again.headers()).containsEntry("error", "no");
            assertThat(texts(List.of(again))).containsExactly("tried");
        }
    }

    @Test
    void idsAreNeverGivenTwiceEvenWhenTheLogHasForgottenThem() {
        JobId before;
        try (EmbeddedBroker broker = open()) {
            churn(broker, 100);
            before = stored(broker, job("last"));
            Receiver receiver = receiver(broker);
            ack(receiver, take(receiver));
        }
        try (EmbeddedBroker broker = open()) {
            assertThat(stored(broker, job("first")).value()).isNotEqualTo(before.value());
            assertThat(number(stored(broker, job("second")))).isGreaterThan(number(before));
        }
    }

    private static long number(JobId id) {
        return Long.parseLong(id.value().substring(id.value().indexOf('-') + 1));
    }

    @Test
    void damageMetByCompactionFailsNobodyElse() throws IOException {
        try (EmbeddedBroker broker = open()) {
            stored(broker, Job.of(KEPT, Payload.text("stuck")));
            churn(broker, 2);
            Damage.in(folder, "x".repeat(100));
            churn(broker, 300);
            assertThat(broker.queues())
                    .singleElement()
                    .satisfies(status -> assertThat(status.queue()).isEqualTo(KEPT));
        }
    }

    @Test
    void pausesOutliveTheSegmentInWhichTheyWereSaid() {
        try (EmbeddedBroker broker = open()) {
            broker.pause(KEPT, Pause.BOTH);
            churn(broker, 200);
        }
        try (EmbeddedBroker broker = open()) {
            assertThat(broker.queues())
                    .singleElement()
                    .satisfies(status -> assertThat(status.pause()).isEqualTo(Pause.BOTH));
        }
    }
}
