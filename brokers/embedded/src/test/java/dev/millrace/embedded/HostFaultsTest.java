// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Pause;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.records.StoreState;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Call.Added;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Verb;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever goes wrong, each call of a host is answered once, and nothing is answered that is not so. */
@Timeout(60)
class HostFaultsTest {
    private final BrokerException noRoom = BrokerException.passing("no room", null);
    private final BrokerException lasting = BrokerException.lasting("broken", null);

    private final FaultyLog log = new FaultyLog();
    private final EmbeddedBroker broker = broker(log);
    private final Caller host = Caller.of(broker);

    private static EmbeddedBroker broker(FaultyLog log) {
        StoreClock clock = StoreClock.of(null, 0);
        Store store = new Store(
                new Engine(clock.millis(), log), log, clock, new StoreState("faulty", 1, clock.millis()), () -> {});
        return new EmbeddedBroker("faulty", store, new Limits(1 << 20, Long.MAX_VALUE));
    }

    @Test
    void fullDiskFailsAddsAndLetsTheRestGoOn() {
        List<Long> numbers = host.addAll("q", 3, TERMS);
        log.noRoom = noRoom;
        Kept<Added> add = new Kept<>();
        Kept<Integer> ack = new Kept<>();
        Kept<List<HostedJob>> take = new Kept<>();
        Kept<Optional<HostedView>> show = new Kept<>();
        host.host()
                .run(List.of(
                        new Call.Add(job("q", "x"), TERMS, add),
                        new Call.Change(new Verb.End(Ending.ACKED), List.of(numbers.getFirst()), ack),
                        Caller.patient(take, 1, "q"),
                        new Call.Show(numbers.getFirst(), show)));
        assertThat(add.failure()).isSameAs(noRoom);
        assertThat(ack.get()).isEqualTo(1);
        assertThat(take.get()).hasSize(1);
        assertThat(show.get()).isEmpty();
        log.noRoom = null;
        assertThat(host.bodies(9, "q")).containsExactly("2");
    }

    @Test
    void failingWriteFailsWhatChangesAndNotWhatLooks() {
        List<Long> numbers = host.addAll("q", 3, TERMS);
        log.failure = lasting;
        Kept<Integer> nack = new Kept<>();
        Kept<Optional<HostedView>> show = new Kept<>();
        host.host()
                .run(List.of(
                        new Call.Change(new Verb.End(Ending.ACKED), numbers, nack),
                        new Call.Show(numbers.getFirst(), show)));
        assertThat(nack.failure()).isSameAs(lasting);
        assertThat(show.get()).isPresent();
        log.failure = null;
        assertThat(host.bodies(9, "q")).containsExactly("0", "1", "2");
    }

    @Test
    void takeThatCannotBeWrittenDownDidNotHappen() {
        long number = host.add(job("q", "a"), Caller.terms(0));
        log.failure = lasting;
        Kept<List<HostedJob>> take = host.await(1, "q");
        assertThat(take.failure()).isSameAs(lasting);
        log.failure = null;
        assertThat(host.shown(number).deliveries()).isZero();
        assertThat(host.bodies(1, "q")).containsExactly("a");
    }

    @Test
    void brokenStoreAnswersEverythingOnce() {
        Kept<List<HostedJob>> waits = host.await(1, "p");
        long number = host.add("q", "a");
        Kept<Ending> ends = host.awaitEnd(number);
        log.errorOfRetain = new OutOfMemoryError("for the test");
        List<Kept<?>> kept = everything(number);
        assertThat(kept).allSatisfy(one -> assertThat(one.failure()).isNotNull());
        assertThat(waits.failure()).isNotNull();
        assertThat(ends.failure()).isNotNull();
        broker.close();
    }

    @Test
    void closedStoreAnswersEverythingOnce() {
        Kept<List<HostedJob>> waits = host.await(1, "p");
        long number = host.add("q", "a");
        Kept<Ending> ends = host.awaitEnd(number);
        broker.close();
        broker.close();
        assertThat(waits.get()).isEmpty();
        assertThat(ends.failure()).hasMessageContaining("closed");
        assertThat(everything(number))
                .allSatisfy(one -> assertThat(one.failure()).hasMessageContaining("closed"));
        assertThatThrownBy(() -> host.host().run(List.of())).hasMessageContaining("closed");
        assertThat(host.host().withdraw(Caller.patient(new Kept<>(), 1, "q"))).isFalse();
    }

    /** One of each kind that needs the store; the first breaks it, if it is to break. */
    private List<Kept<?>> everything(long number) {
        List<Kept<?>> kept = new ArrayList<>();
        Kept<Added> add = new Kept<>();
        Kept<Integer> change = new Kept<>();
        Kept<List<HostedJob>> take = new Kept<>();
        Kept<Long> flush = new Kept<>();
        Kept<Optional<HostedView>> show = new Kept<>();
        kept.addAll(List.of(add, change, take, show, flush));
        host.host()
                .run(List.of(
                        new Call.Add(job("q", "b"), TERMS, add),
                        new Call.Change(new Verb.End(Ending.ACKED), List.of(number), change),
                        Caller.patient(take, 1, "q"),
                        new Call.Show(number, show),
                        new Call.Flush(flush)));
        return kept;
    }

    @Test
    void everyAnswerComesOnceWhateverFails() {
        for (int seed = 0; seed < 200; seed++) {
            everyAnswerComesOnce(seed);
        }
    }

    private static void everyAnswerComesOnce(int seed) {
        Random random = new Random(seed);
        FaultyLog log = new FaultyLog();
        EmbeddedBroker broker = broker(log);
        Caller host = Caller.of(broker);
        List<Kept<?>> all = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            log.failure = random.nextInt(5) == 0 ? BrokerException.passing("failure", null) : null;
            log.noRoom = random.nextInt(5) == 0 ? BrokerException.passing("no room", null) : null;
            log.errorOfReclaim = random.nextInt(9) == 0 ? new StackOverflowError("for the test") : null;
            log.errorOfRetain = random.nextInt(200) == 0 ? new OutOfMemoryError("for the test") : null;
            List<Call> turn = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                turn.add(any(random, all));
            }
            host.host().run(turn);
        }
        broker.close();
        assertThat(all).as("seed %s", seed).allMatch(Kept::isThere);
    }

    private static Call any(Random random, List<Kept<?>> all) {
        QueueName queue = new QueueName("q" + random.nextInt(2));
        List<Long> numbers = List.of((long) random.nextInt(60), (long) random.nextInt(60));
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                new Call.Add(job(queue.value(), "x"), Caller.terms(random.nextInt(2) * 5L), keep(new Kept<>(), all));
            case 2 -> new Call.Change(new Verb.End(Ending.ACKED), numbers, keep(new Kept<>(), all));
            case 3 -> new Call.Change(new Verb.Enqueue(random.nextBoolean(), 0), numbers, keep(new Kept<>(), all));
            case 4 -> new Call.Change(new Verb.Bury("bad"), numbers, keep(new Kept<>(), all));
            case 5, 6 ->
                new Call.Take(List.of(queue), 1 + random.nextInt(3), random.nextBoolean(), keep(new Kept<>(), all));
            case 7 -> new Call.Await(numbers.getFirst(), keep(new Kept<>(), all));
            default ->
                random.nextInt(4) == 0
                        ? new Call.Flush(keep(new Kept<>(), all))
                        : new Call.SetPause(
                                queue, random.nextBoolean() ? Pause.OUT : Pause.NONE, keep(new Kept<>(), all));
        };
    }

    private static <T> Kept<T> keep(Kept<T> kept, List<Kept<?>> all) {
        all.add(kept);
        return kept;
    }
}
