// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Pause;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Call.Added;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Page;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.hosting.Verb;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls of a turn happen in their order, however they are put together; and many that wait cost nothing. */
@Timeout(60)
class HostTurnTest {
    private final EmbeddedBroker broker = EmbeddedBroker.builder().open();
    private final Caller host = Caller.of(broker);

    @AfterEach
    void close() {
        broker.close();
    }

    private static Call.Take now(Kept<List<HostedJob>> kept) {
        return new Call.Take(Caller.names("q"), 9, false, kept);
    }

    @Test
    void takeSeesOnlyWhatWasAddedBeforeIt() {
        List<Kept<List<HostedJob>>> takes = List.of(new Kept<>(), new Kept<>(), new Kept<>());
        host.host()
                .run(List.of(
                        now(takes.get(0)),
                        new Call.Add(job("q", "a"), TERMS, new Kept<>()),
                        now(takes.get(1)),
                        new Call.Add(job("q", "b"), TERMS, new Kept<>()),
                        new Call.Add(job("q", "c"), TERMS, new Kept<>()),
                        now(takes.get(2))));
        assertThat(takes.stream().map(take -> texts(take.get())))
                .containsExactly(List.of(), List.of("a"), List.of("b", "c"));
    }

    @Test
    void changeSeesWhatAnEarlierOneDidToTheSameJob() {
        long number = host.add("q", "a");
        List<Kept<Integer>> kept = List.of(new Kept<>(), new Kept<>(), new Kept<>(), new Kept<>());
        Kept<Optional<HostedView>> shown = new Kept<>();
        List<Long> one = List.of(number);
        host.host()
                .run(List.of(
                        new Call.Change(new Verb.Dequeue(), one, kept.get(0)),
                        new Call.Change(new Verb.Enqueue(true, 0), one, kept.get(1)),
                        new Call.Show(number, shown),
                        new Call.Change(new Verb.End(Ending.ACKED), List.of(number, number), kept.get(2)),
                        new Call.Change(new Verb.End(Ending.ACKED), one, kept.get(3))));
        assertThat(kept.stream().map(Kept::get)).containsExactly(1, 1, 1, 0);
        assertThat(shown.get().orElseThrow().state()).isEqualTo(State.QUEUED);
        assertThat(shown.get().orElseThrow().job().nacks()).isEqualTo(1);
    }

    @Test
    void addSeesWhatAnEarlierCallMadePossibleOrNot() {
        long number = host.add(job("q", "a").withId("mine"), TERMS);
        Terms one = new Terms(10_000, RetryClock.FROM_QUEUEING, 1, Terms.NO_LIMIT);
        List<Kept<Added>> kept = List.of(new Kept<>(), new Kept<>(), new Kept<>(), new Kept<>());
        host.host()
                .run(List.of(
                        new Call.Change(new Verb.End(Ending.ACKED), List.of(number), new Kept<>()),
                        new Call.Add(job("q", "b").withId("mine"), TERMS, kept.get(0)),
                        new Call.Add(job("q", "c").withId("mine"), TERMS, kept.get(1)),
                        new Call.Add(job("q", "d"), one, kept.get(2)),
                        new Call.SetPause(new QueueName("q"), Pause.IN, new Kept<>()),
                        new Call.Add(job("q", "e"), TERMS, kept.get(3))));
        assertThat(kept.get(0).get().result()).isInstanceOf(EnqueueResult.Stored.class);
        assertThat(kept.get(1).get().result()).isInstanceOf(EnqueueResult.Duplicate.class);
        assertThat(kept.get(1).get().number()).isEqualTo(kept.get(0).get().number());
        assertThat(kept.get(2).get().result()).isInstanceOf(EnqueueResult.Refused.class);
        assertThat(kept.get(3).get().result()).isInstanceOf(EnqueueResult.Refused.class);
    }

    @Test
    void flushIsOneOfTheCallsOfATurn() {
        Kept<Long> flushed = new Kept<>();
        Kept<List<HostedJob>> taken = new Kept<>();
        host.host()
                .run(List.of(
                        new Call.Add(job("q", "a"), TERMS, new Kept<>()),
                        new Call.Flush(flushed),
                        new Call.Add(job("q", "b"), TERMS, new Kept<>()),
                        now(taken)));
        assertThat(flushed.get()).isEqualTo(1);
        assertThat(texts(taken.get())).containsExactly("b");
    }

    @Test
    void turnOfManyMegabytesIsDoneInParts() {
        String large = "x".repeat(300_000);
        List<Kept<Added>> kept = new ArrayList<>();
        List<Call> turn = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            kept.add(new Kept<>());
            turn.add(new Call.Add(job("q", large), TERMS, kept.getLast()));
        }
        host.host().run(turn);
        assertThat(kept).allSatisfy(one -> assertThat(one.get().result()).isInstanceOf(EnqueueResult.Stored.class));
        assertThat(host.take(30, "q")).hasSize(20);
    }

    @Test
    void answerThatThrowsHarmsNobody() {
        Answer<Added> rude = new Answer<>() {
            @Override
            public void give(Added value) {
                throw new IllegalStateException("rude");
            }

            @Override
            public void fail(RuntimeException why) {
                throw new IllegalStateException("rude");
            }
        };
        Kept<Added> kept = new Kept<>();
        host.host().run(List.of(new Call.Add(job("q", "a"), TERMS, rude), new Call.Add(job("q", "b"), TERMS, kept)));
        assertThat(kept.get().result()).isInstanceOf(EnqueueResult.Stored.class);
        assertThat(host.bodies(9, "q")).containsExactly("a", "b");
    }

    @Test
    void jobsOfOneTurnAreSpreadOverThousandsThatWait() {
        List<Kept<List<HostedJob>>> same = new ArrayList<>();
        List<Kept<List<HostedJob>>> other = new ArrayList<>();
        List<Call> turn = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            same.add(new Kept<>());
            other.add(new Kept<>());
            turn.add(Caller.patient(same.getLast(), 5, "q"));
            turn.add(Caller.patient(other.getLast(), 5, "other-" + i));
        }
        host.host().run(turn);
        for (int i = 0; i < 5_000; i++) {
            host.addAll("nobody", 1, TERMS);
        }
        host.addAll("q", 5_000, TERMS);
        for (int i = 0; i < 5_000; i++) {
            assertThat(texts(same.get(i).get())).containsExactly(Integer.toString(i));
        }
        assertThat(host.queue("q").takers()).isEqualTo(5_000);
        assertThat(other.stream().anyMatch(Kept::isThere)).isFalse();
        broker.close();
        assertThat(other).allSatisfy(one -> assertThat(one.get()).isEmpty());
        assertThat(same.subList(5_000, 10_000))
                .allSatisfy(one -> assertThat(one.get()).isEmpty());
    }

    @Test
    void massReturnKeepsTheOrder() {
        int all = 200_000;
        host.addAll("q", all, TERMS);
        List<HostedJob> taken = host.take(100_000, "q");
        List<Long> odd = taken.stream()
                .map(HostedJob::number)
                .filter(number -> number % 2 == 1)
                .toList();
        host.change(new Verb.Enqueue(true, 0), odd.toArray(Long[]::new));
        List<Long> even = taken.stream()
                .map(HostedJob::number)
                .filter(number -> number % 2 == 0)
                .toList();
        host.change(new Verb.Enqueue(true, 0), even.reversed().toArray(Long[]::new));
        long last = 0;
        for (HostedJob job : host.take(all, "q")) {
            assertThat(job.number()).isGreaterThan(last);
            last = job.number();
        }
    }

    @Test
    void listsHoldAllThatIsThereFromBeginningToEnd() {
        List<Long> numbers = host.addAll("a", 50, TERMS);
        for (int i = 0; i < 20; i++) {
            host.add("queue-" + i, "x");
        }
        host.take(10, "a");
        Call.Filter active = new Call.Filter(Optional.of(new QueueName("a")), EnumSet.of(State.ACTIVE));
        Call.Filter all = new Call.Filter(Optional.empty(), EnumSet.allOf(State.class));
        assertThat(jobs(active, 7)).containsExactlyElementsOf(numbers.subList(0, 10));
        assertThat(jobs(all, 7)).hasSize(70);
        assertThat(jobs(all, 0)).hasSize(70);
        Set<String> names = new LinkedHashSet<>();
        long cursor = 0;
        do {
            Kept<Page<HostedQueue>> kept = new Kept<>();
            host.host().run(List.of(new Call.ListQueues(cursor, 4, kept)));
            kept.get().found().forEach(queue -> names.add(queue.name().value()));
            cursor = kept.get().next();
        } while (cursor != 0);
        assertThat(names).hasSize(21).contains("a", "queue-0", "queue-19");
    }

    private List<Long> jobs(Call.Filter filter, int steps) {
        List<Long> found = new ArrayList<>();
        long cursor = 0;
        do {
            Kept<Page<HostedView>> kept = new Kept<>();
            host.host().run(List.of(new Call.ListJobs(cursor, steps, filter, kept)));
            kept.get().found().forEach(view -> found.add(view.job().number()));
            cursor = kept.get().next();
        } while (cursor != 0);
        return found;
    }

    @Test
    void usageIsInProportionToWhatIsThere() {
        assertThat(host.host().usage().memoryBytes()).isLessThan(10_000);
        host.addAll("q", 10_000, TERMS);
        assertThat(host.host().usage().jobs()).isEqualTo(10_000);
        assertThat(host.host().usage().memoryBytes()).isBetween(1_000_000L, 3_000_000L);
        host.flush();
        assertThat(host.host().usage().memoryBytes()).isLessThan(10_000);
    }
}
