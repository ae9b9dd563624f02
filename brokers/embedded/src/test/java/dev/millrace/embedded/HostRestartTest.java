// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Pause;
import dev.millrace.embedded.journal.DiskStorage;
import dev.millrace.embedded.journal.Journal;
import dev.millrace.embedded.journal.JournalOptions;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.embedded.records.StoreState;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host was told survives a kill, and compaction. */
@Tag("slow")
@Timeout(60)
class HostRestartTest {
    private final FileHarness harness = new FileHarness();
    private Broker broker = harness.open();
    private Caller host = Caller.of(broker);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        broker.close();
        harness.close();
    }

    private void crash() {
        broker = harness.crash(broker);
        host = Caller.of(broker);
    }

    /** Fills and empties many segments, so that what is older is written anew. */
    private void churn() {
        for (int i = 0; i < 200; i++) {
            host.addAll("churn", 100, TERMS);
            List<HostedJob> taken = host.take(100, "churn");
            host.ack(taken.stream().map(HostedJob::number).toArray(Long[]::new));
        }
    }

    @Test
    void jobDeliveredAtMostOnceIsNotDeliveredAgainAfterAKill() {
        long taken = host.add(job("q", "taken"), terms(0));
        host.take(1, "q");
        host.add(job("q", "queued"), terms(0));
        crash();
        assertThat(host.state(taken)).isEqualTo(State.ACTIVE);
        assertThat(host.bodies(9, "q")).containsExactly("queued");
        churn();
        crash();
        assertThat(host.take(9, "q")).isEmpty();
        assertThat(host.state(taken)).isEqualTo(State.ACTIVE);
        assertThat(host.ack(taken)).isEqualTo(1);
    }

    @Test
    void countersAndOrderSurviveKillAndCompaction() {
        List<Long> numbers = host.addAll("q", 6, TERMS);
        host.take(6, "q");
        host.nack(numbers.get(4));
        host.enqueue(numbers.get(2));
        host.take(1, "q");
        host.change(new Verb.Enqueue(true, 3_600_000), numbers.get(5));
        List<HostedView> before = numbers.stream().map(host::shown).toList();
        churn();
        crash();
        List<HostedView> after = numbers.stream().map(host::shown).toList();
        for (int i = 0; i < before.size(); i++) {
            boolean active = before.get(i).state() == State.ACTIVE;
            assertThat(after.get(i).job().nacks()).isEqualTo(before.get(i).job().nacks());
            assertThat(after.get(i).job().requeues())
                    .isEqualTo(before.get(i).job().requeues() + (active ? 1 : 0));
            assertThat(after.get(i).deliveries()).isEqualTo(before.get(i).deliveries());
            assertThat(after.get(i).state())
                    .isEqualTo(active ? State.QUEUED : before.get(i).state());
        }
        assertThat(after.get(5).state()).isEqualTo(State.WAITING);
        assertThat(host.bodies(9, "q")).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void headersOfJobsThatWereHandedBackSurviveKillAndCompaction() {
        long waiting = host.add(job("q", "a").withHeader("k", "1").withHeader("l", "1"), TERMS);
        long queued = host.add("q", "b");
        long spent = host.add(job("q", "c").withHeader("k", "1"), Caller.atMost(1));
        long dead = host.add(job("q", "d").withHeader("k", "1"), TERMS);
        host.take(4, "q");
        Map<String, String> more = Map.of("k", "2");
        host.change(new Verb.Enqueue(true, 3_600_000, more), waiting);
        host.change(new Verb.Enqueue(true, 0, more), queued, spent);
        host.change(new Verb.Bury("bad", more), dead);
        List<Long> all = List.of(waiting, queued, spent, dead);
        List<HostedView> before = all.stream().map(host::shown).toList();
        assertThat(before)
                .extracting(HostedView::state)
                .containsExactly(State.WAITING, State.QUEUED, State.DEAD, State.DEAD);
        assertThat(before).allSatisfy(view -> assertThat(view.job().headers()).containsEntry("k", "2"));
        assertThat(before.get(0).job().headers()).containsEntry("l", "1");
        assertThat(before.get(2).job().headers().get("millrace-dead-reason")).contains("1 times");
        churn();
        crash();
        for (int i = 0; i < all.size(); i++) {
            HostedView after = host.shown(all.get(i));
            assertThat(after.state()).isEqualTo(before.get(i).state());
            assertThat(after.deliveries()).isEqualTo(before.get(i).deliveries());
            assertThat(after.job().nacks()).isEqualTo(before.get(i).job().nacks());
            assertThat(after.job().headers()).isEqualTo(before.get(i).job().headers());
        }
    }

    @Test
    void jobThatWasRevivedIsQueuedAfterAKill() {
        long number = host.add("q", "a");
        host.take(1, "q");
        host.change(new Verb.Bury("bad"), number);
        assertThat(host.change(new Verb.Revive(), number)).isEqualTo(1);
        assertThat(host.change(new Verb.Revive(), number)).isZero();
        assertThat(host.shown(number).deliveries()).isZero();
        crash();
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
        assertThat(host.bodies(9, "q")).containsExactly("a");
    }

    @Test
    void jobPutAsideForItsDeliveriesStaysSoWithoutItsExpiry() {
        long number = host.add(job("q", "a").expiringAfter(Duration.ofSeconds(60)), Caller.atMost(1));
        long atRestart = host.add(job("q", "b"), Caller.atMost(1));
        host.take(1, "q");
        harness.pass(Duration.ofSeconds(10));
        assertThat(host.state(number)).isEqualTo(State.DEAD);
        host.take(1, "q");
        crash();
        harness.pass(Duration.ofSeconds(100));
        assertThat(host.state(number)).isEqualTo(State.DEAD);
        assertThat(host.state(atRestart)).isEqualTo(State.DEAD);
        churn();
        crash();
        for (long dead : List.of(number, atRestart)) {
            assertThat(host.shown(dead).job().headers().get("millrace-dead-reason"))
                    .contains("1 times");
        }
    }

    @Test
    void pausesAndWhatWasBuriedAndChosenIdsSurvive() {
        host.pause("q", Pause.IN);
        long buried = host.add(job("p", "a").withId("mine").withHeader("k", "v"), TERMS);
        host.change(new Verb.Bury("bad"), buried);
        crash();
        assertThat(host.queue("q").pause()).isEqualTo(Pause.IN);
        assertThat(host.shown(buried).job().headers())
                .containsEntry("millrace-dead-reason", "bad")
                .containsEntry("k", "v");
        assertThat(host.added(job("p", "b").withId("mine"), TERMS).number()).isEqualTo(buried);
        assertThat(host.flush()).isEqualTo(1);
        crash();
        assertThat(host.look("q")).isEmpty();
        assertThat(host.show(buried)).isEmpty();
    }

    @Test
    void numbersAreNeverGivenTwice() {
        long last = host.addAll("q", 10, TERMS).getLast();
        String store = host.host().store();
        host.flush();
        crash();
        assertThat(host.add("q", "a")).isGreaterThan(last);
        assertThat(host.host().store()).isEqualTo(store);
    }

    @Test
    void viewIsTheSameAfterCompaction() {
        List<Long> numbers = new ArrayList<>();
        numbers.add(host.add(job("q", "a").after(Duration.ofHours(2)).expiringAfter(Duration.ofHours(9)), TERMS));
        numbers.add(host.add(job("q", "b").atFront().withPriority(7), terms(0)));
        numbers.add(host.add(job("q", "c").withHeader("k", "v"), Caller.atMost(3)));
        List<HostedView> before = numbers.stream().map(host::shown).toList();
        churn();
        crash();
        assertThat(numbers.stream().map(host::shown).toList()).isEqualTo(before);
    }

    @Test
    void logOfTheFirstVersionIsReadAndThenRefusedByThatVersion() {
        RecordWriter out = new RecordWriter(100);
        Records.store(out, new StoreState("oldname", 5, 1));
        makeFirst(out);
        try (Journal journal = Journal.open(DiskStorage.open(folder), JournalOptions.defaults(), (p, b, o, l) -> {})) {
            journal.write(out.array(), 0, out.size(), true, true);
        }
        try (EmbeddedBroker old = EmbeddedBroker.builder().directory(folder).open()) {
            assertThat(Caller.of(old).host().store()).isEqualTo("oldname");
            assertThat(Caller.of(old).add("q", "a")).isGreaterThanOrEqualTo(5);
            old.send(List.of(Job.of("q", Payload.text("b"))));
        }
        List<Integer> versions = new ArrayList<>();
        try (Journal journal = Journal.open(DiskStorage.open(folder), JournalOptions.defaults(), (p, bytes, at, l) -> {
            if (bytes[at] == Records.STORE) {
                versions.add((int) bytes[at + 6]);
            }
        })) {
            assertThat(versions).containsExactly(1, Records.VERSION);
            out.reset(100);
            Records.store(out, new StoreState("oldname", 5, 1));
            out.array()[6] = 99;
            journal.write(out.array(), 0, out.size(), true, true);
        }
        assertThatThrownBy(() -> EmbeddedBroker.builder().directory(folder).open())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("version 99");
    }

    private static void makeFirst(RecordWriter store) {
        byte[] bytes = store.array();
        bytes[6] = 1;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 6, store.size() - 6);
        ByteBuffer.wrap(bytes).putInt(2, (int) crc.getValue());
    }

    @Test
    void aDeliveryThatReachedNobodyDidNotHappen() {
        long once = host.add(job("q", "once"), new Terms(0, RetryClock.FROM_QUEUEING, Terms.NO_LIMIT, Terms.NO_LIMIT));
        long often = host.add(job("q", "often"), TERMS);
        assertThat(host.bodies(9, "q")).containsExactly("once", "often");
        assertThat(host.change(new Verb.Undeliver(), once, often)).isEqualTo(2);
        assertThat(host.change(new Verb.Undeliver(), once, often)).isZero();
        assertThat(host.shown(once).deliveries()).isZero();
        crash();
        assertThat(host.take(9, "q"))
                .allSatisfy(job -> assertThat(job.nacks() + job.requeues()).isZero())
                .extracting(job -> job.payload().text())
                .containsExactly("once", "often");
        assertThat(host.shown(often).deliveries()).isEqualTo(1);
        crash();
        assertThat(host.bodies(9, "q")).containsExactly("often");
    }
}
