// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Caller.TERMS;
import static dev.millrace.embedded.Caller.job;
import static dev.millrace.embedded.Caller.terms;
import static dev.millrace.embedded.Caller.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Pause;
import dev.millrace.embedded.Caller.Kept;
import dev.millrace.hosting.Call;
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
import dev.millrace.testkit.conformance.BrokerHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a host says of queues and of the ends of jobs, and whom it lets wait for them. */
abstract class HostQueuesChapter extends HostChapter {
    HostQueuesChapter(BrokerHarness harness) {
        super(harness);
    }

    @Test
    void pausedInRefusesNewJobsAndPostponesRetries() {
        long number = host.add("q", "a");
        host.take(1, "q");
        host.pause("q", Pause.IN);
        assertThat(host.added(job("q", "b"), TERMS).result())
                .isInstanceOfSatisfying(
                        EnqueueResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(EnqueueResult.Reason.PAUSED));
        pass(10_000);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        assertThat(host.shown(number).requeueMillis()).isEqualTo(OptionalLong.of(10_000));
        assertThat(host.nack(number)).isEqualTo(1);
        host.take(1, "q");
        pass(10_000);
        assertThat(host.state(number)).isEqualTo(State.ACTIVE);
        host.pause("q", Pause.NONE);
        pass(10_000);
        assertThat(host.state(number)).isEqualTo(State.QUEUED);
    }

    @Test
    void pausedOutIsSkippedUntilItIsLetGo() {
        host.add("p", "paused");
        host.add("q", "open");
        host.pause("p", Pause.OUT);
        assertThat(host.bodies(9, "p", "q")).containsExactly("open");
        Kept<List<HostedJob>> waits = host.await(3, "p");
        assertThat(waits.isThere()).isFalse();
        host.pause("p", Pause.NONE);
        assertThat(texts(waits.get())).containsExactly("paused");
    }

    @Test
    void maxQueuedCountsQueuedJobsOnly() {
        Terms terms = new Terms(10_000, RetryClock.FROM_QUEUEING, 2, Terms.NO_LIMIT);
        host.add(job("q", "later").after(Duration.ofHours(1)), terms);
        long first = host.add(job("q", "a"), terms);
        host.add(job("q", "b"), terms);
        assertThat(host.added(job("q", "c"), terms).result())
                .isInstanceOfSatisfying(
                        EnqueueResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(EnqueueResult.Reason.QUEUE_FULL));
        host.take(1, "q");
        host.add(job("q", "d"), terms);
        assertThat(host.nack(first)).isEqualTo(1);
        assertThat(host.queue("q").queued()).isEqualTo(3);
    }

    @Test
    void takesWaitInTheOrderInWhichTheyCameAndGetOneJobEach() {
        List<Kept<List<HostedJob>>> waits =
                List.of(host.await(5, "q"), host.await(5, "p", "q"), host.await(5, "q"), host.await(5, "q"));
        assertThat(host.queue("q").takers()).isEqualTo(4);
        host.addAll("q", 3, TERMS);
        assertThat(waits.stream().limit(3).map(wait -> texts(wait.get())))
                .containsExactly(List.of("0"), List.of("1"), List.of("2"));
        assertThat(waits.getLast().isThere()).isFalse();
        assertThat(host.queue("p").takers()).isZero();
        host.add("q", "x");
        assertThat(texts(waits.getLast().get())).containsExactly("x");
    }

    @Test
    void withdrawnCallIsNeverAnswered() {
        Kept<List<HostedJob>> kept = new Kept<>();
        var take = Caller.patient(kept, 1, "q");
        host.host().run(List.of(take));
        assertThat(host.host().withdraw(take)).isTrue();
        assertThat(host.host().withdraw(take)).isFalse();
        long number = host.add("q", "a");
        Kept<Ending> ending = new Kept<>();
        var await = new dev.millrace.hosting.Call.Await(number, ending);
        host.host().run(List.of(await));
        assertThat(host.host().withdraw(await)).isTrue();
        assertThat(host.host().withdraw(await)).isFalse();
        assertThat(host.ack(number)).isEqualTo(1);
        assertThat(kept.isThere()).isFalse();
        assertThat(ending.isThere()).isFalse();
    }

    @Test
    void endOfJobIsToldToThoseWhoAwaitIt() {
        long acked = host.add("q", "a");
        long deleted = host.add("q", "b");
        long buried = host.add("q", "c");
        List<Kept<Ending>> kept = List.of(
                host.awaitEnd(acked),
                host.awaitEnd(acked),
                host.awaitEnd(deleted),
                host.awaitEnd(buried),
                host.awaitEnd(4711));
        assertThat(kept.getLast().get()).isEqualTo(Ending.UNKNOWN);
        host.ack(acked);
        host.change(new Verb.End(Ending.DELETED), deleted);
        host.change(new Verb.Bury("bad"), buried);
        assertThat(kept.stream().map(Kept::get))
                .containsExactly(Ending.ACKED, Ending.ACKED, Ending.DELETED, Ending.DEAD, Ending.UNKNOWN);
        assertThat(host.awaitEnd(buried).get()).isEqualTo(Ending.DEAD);
        assertThat(host.shown(buried).job().headers()).containsEntry("millrace-dead-reason", "bad");
    }

    @Test
    void queueIsKnownFromItsFirstUseUntilItIsIdleForFiveMinutes() {
        assertThat(host.look("q")).isEmpty();
        assertThat(host.peek("q", 5)).isEmpty();
        assertThat(host.look("q")).isEmpty();
        host.take(1, "q");
        assertThat(host.look("q")).isPresent();
        pass(1_000);
        host.addAll("q", 3, TERMS);
        pass(2_000);
        host.take(2, "q");
        HostedQueue queue = host.queue("q");
        assertThat(queue.queued()).isEqualTo(1);
        assertThat(queue.active()).isEqualTo(2);
        assertThat(queue.ageMillis()).isEqualTo(3_000);
        assertThat(queue.idleMillis()).isZero();
        assertThat(queue.in()).isEqualTo(3);
        assertThat(queue.out()).isEqualTo(2);
        pass(500);
        assertThat(host.queue("q").idleMillis()).isEqualTo(500);
        host.flush();
        assertThat(host.look("q")).isEmpty();
        host.pause("q", Pause.NONE);
        pass(299_999);
        assertThat(host.look("q")).isPresent();
        pass(1);
        assertThat(host.look("q")).isEmpty();
        pass(60_000);
        assertThat(host.host().usage().queues()).isZero();
    }

    @Test
    void deadOfAQueueAreListedAsTheyDied() {
        List<Long> numbers = host.addAll("q", 5, TERMS);
        host.change(new Verb.Bury("bad"), host.add("p", "other"));
        for (int i : new int[] {3, 0, 4, 1}) {
            host.change(new Verb.Bury("bad"), numbers.get(i));
        }
        Call.Filter dead = new Call.Filter(Optional.of(new QueueName("q")), EnumSet.of(State.DEAD));
        List<Long> listed = new ArrayList<>();
        long cursor = 0;
        do {
            Kept<Page<HostedView>> page = new Kept<>();
            host.host().run(List.of(new Call.ListJobs(cursor, 3, dead, page)));
            page.get().found().forEach(view -> listed.add(view.job().number()));
            cursor = page.get().next();
        } while (cursor != 0);
        assertThat(listed).containsExactly(numbers.get(3), numbers.get(0), numbers.get(4), numbers.get(1));
    }

    @Test
    void flushEndsEverything() {
        List<Long> numbers = host.addAll("q", 10, TERMS);
        host.take(3, "q");
        host.change(new Verb.Bury("bad"), numbers.get(0));
        host.pause("p", Pause.BOTH);
        Kept<List<HostedJob>> waits = host.await(1, "empty");
        assertThat(host.flush()).isEqualTo(10);
        assertThat(waits.get()).isEmpty();
        assertThat(host.look("q")).isEmpty();
        assertThat(host.look("p")).isEmpty();
        assertThat(host.host().usage().jobs()).isZero();
        host.add("p", "again");
        assertThat(host.bodies(1, "p")).containsExactly("again");
    }

    @Test
    void idleTimeEndsWithTheNextThingThatBecomesDue() {
        assertThat(host.host().idleMillis()).isEqualTo(Long.MAX_VALUE);
        host.add(job("q", "once"), terms(0));
        host.take(1, "q");
        assertThat(host.host().idleMillis()).isEqualTo(Long.MAX_VALUE);
        host.add(job("q", "a").after(Duration.ofMillis(5)), TERMS);
        assertThat(host.host().idleMillis()).isBetween(1L, 5L);
        harness.pass(Duration.ofMillis(5));
        assertThat(host.host().idleMillis()).isZero();
    }
}
