// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.ack;
import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.embedded.journal.JournalOptions;
import dev.millrace.embedded.journal.SimulatedStorage;
import dev.millrace.embedded.journal.Sync;
import dev.millrace.testkit.WaitFor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk that is full, or breaks: callers are told, what was accepted stays, what was refused was never there. */
class FailingDiskTest {
    private static final int SEGMENT = 1 << 16;

    private final SimulatedStorage disk = new SimulatedStorage();

    private static EmbeddedBroker open(SimulatedStorage disk) {
        JournalOptions options = new JournalOptions(Sync.ALWAYS, SEGMENT, SEGMENT, false);
        return new EmbeddedBroker(
                "disk", StoreOpener.inStorage(disk, options, null), new Limits(1 << 20, Long.MAX_VALUE));
    }

    private static List<String> jobsOn(SimulatedStorage disk) {
        try (EmbeddedBroker broker = open(new SimulatedStorage(disk.files()))) {
            return texts(take(receiver(broker)));
        }
    }

    private static void awaitRoom(EmbeddedBroker broker) {
        WaitFor.until("there is room for jobs again", () -> {
            try {
                stored(broker, job("x".repeat(SEGMENT / 2)));
                return true;
            } catch (BrokerException e) {
                return false;
            }
        });
    }

    private static BrokerException fillUp(EmbeddedBroker broker, List<String> accepted) {
        while (accepted.size() < 100_000) {
            String text = "job " + accepted.size();
            try {
                stored(broker, job(text));
                accepted.add(text);
            } catch (BrokerException e) {
                return e;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    @Test
    void fullDiskRefusesJobsAndKeepsThoseItHas() {
        List<String> accepted = new ArrayList<>();
        try (EmbeddedBroker broker = open(disk)) {
            stored(broker, job("first"));
            accepted.add("first");
            disk.capacity(disk.used());
            BrokerException full = fillUp(broker, accepted);
            assertThat(full.isPassing()).isTrue();
            assertThat(full).hasMessageContaining("nothing was written");
        }
        assertThat(jobsOn(disk)).isEqualTo(accepted);
    }

    @Test
    void jobsCanBeDoneOnAFullDiskAndThenThereIsRoomAgain() {
        List<String> accepted = new ArrayList<>();
        try (EmbeddedBroker broker = open(disk)) {
            stored(broker, job("first"));
            disk.capacity(disk.used());
            fillUp(broker, accepted);
            Receiver receiver = receiver(broker);
            List<Delivery> taken = take(receiver);
            assertThat(taken).hasSize(accepted.size() + 1);
            ack(receiver, taken);
            disk.capacity(Long.MAX_VALUE);
            awaitRoom(broker);
            stored(broker, job("again"));
        }
        assertThat(jobsOn(disk)).hasSize(2).contains("again");
    }

    @Test
    void refusedJobWithAChosenIdCanBeEnqueuedLater() {
        try (EmbeddedBroker broker = open(disk)) {
            stored(broker, job("first"));
            disk.capacity(disk.used());
            fillUp(broker, new ArrayList<>());
            assertThatThrownBy(() -> broker.send(List.of(job("mine").withId("mine"))))
                    .isInstanceOf(BrokerException.class);
            Receiver receiver = receiver(broker);
            ack(receiver, take(receiver));
            disk.capacity(Long.MAX_VALUE);
            awaitRoom(broker);
            assertThat(stored(broker, job("mine").withId("mine")).value()).isEqualTo("mine");
        }
    }

    @Test
    void failedSyncIsAnErrorForTheCallerAndForAllAfterIt() {
        EmbeddedBroker broker = open(disk);
        stored(broker, job("safe"));
        Receiver receiver = receiver(broker);
        List<Delivery> taken = take(receiver);
        disk.failSyncs(true);
        assertThatThrownBy(() -> stored(broker, job("not synced")))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.isPassing()).isFalse());
        disk.failSyncs(false);
        assertThatThrownBy(() -> stored(broker, job("after"))).isInstanceOf(BrokerException.class);
        assertThatThrownBy(() -> ack(receiver, taken)).isInstanceOf(BrokerException.class);
        broker.close();
        assertThat(jobsOn(disk)).contains("safe").doesNotContain("after");
    }

    @Test
    void failedWriteLeavesTheStateAsItWas() {
        EmbeddedBroker broker = open(disk);
        stored(broker, job("safe"));
        disk.failWrites(true);
        assertThatThrownBy(() -> stored(broker, job("not written"))).isInstanceOf(BrokerException.class);
        assertThat(broker.queues())
                .singleElement()
                .satisfies(status -> assertThat(status.ready()).hasValue(1));
        Receiver receiver = receiver(broker);
        assertThatThrownBy(() -> take(receiver)).isInstanceOf(BrokerException.class);
        assertThat(broker.queues())
                .singleElement()
                .satisfies(status -> assertThat(status.ready()).hasValue(1));
        broker.close();
        disk.failWrites(false);
        assertThat(jobsOn(disk)).containsExactly("safe");
    }
}
