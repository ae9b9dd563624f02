// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Pause;
import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Call.Added;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Renewal;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls a host, one call a turn, and keeps what it answers. */
record Caller(Host host) {
    /** Retried after ten seconds, from when it was queued. */
    static final Terms TERMS = terms(10_000);

    static Caller of(Broker broker) {
        return new Caller(broker.facet(Host.class).orElseThrow());
    }

    static Terms terms(long retry) {
        return new Terms(retry, RetryClock.FROM_QUEUEING, Terms.NO_LIMIT, Terms.NO_LIMIT);
    }

    static Terms atMost(int deliveries) {
        return new Terms(10_000, RetryClock.FROM_QUEUEING, Terms.NO_LIMIT, deliveries);
    }

    /** Keeps an answer, and that it came once. */
    static final class Kept<T> implements Answer<T> {
        private volatile @Nullable T value;
        private volatile @Nullable RuntimeException failure;
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void give(T given) {
            value = given;
            times.incrementAndGet();
        }

        @Override
        public void fail(RuntimeException why) {
            failure = why;
            times.incrementAndGet();
        }

        boolean isThere() {
            assertThat(times.get()).isLessThan(2);
            return times.get() == 1;
        }

        T get() {
            assertThat(times.get()).isEqualTo(1);
            if (failure != null) {
                throw failure;
            }
            T given = value;
            assertThat(given).isNotNull();
            return Objects.requireNonNull(given);
        }

        @Nullable
        RuntimeException failure() {
            assertThat(times.get()).isEqualTo(1);
            return failure;
        }
    }

    static Job job(String queue, String body) {
        return Job.of(queue, Payload.text(body));
    }

    Added added(Job job, Terms terms) {
        Kept<Added> kept = new Kept<>();
        host.run(List.of(new Call.Add(job, terms, kept)));
        return kept.get();
    }

    long add(Job job, Terms terms) {
        Added added = added(job, terms);
        assertThat(added.result()).isInstanceOf(EnqueueResult.Stored.class);
        return added.number();
    }

    long add(String queue, String body) {
        return add(job(queue, body), TERMS);
    }

    /** Many in one turn. */
    List<Long> addAll(String queue, int count, Terms terms) {
        List<Kept<Added>> kept = new ArrayList<>();
        List<Call> turn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(new Kept<>());
            turn.add(new Call.Add(job(queue, Integer.toString(i)), terms, kept.getLast()));
        }
        host.run(turn);
        return kept.stream().map(one -> one.get().number()).toList();
    }

    /** Many in one turn, which are called by numbers from one on. */
    void addAll(String queue, int from, int count) {
        List<Call> turn = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            turn.add(new Call.Add(job(queue, "hosted-" + i), TERMS, new Kept<>()));
        }
        host.run(turn);
    }

    List<HostedJob> take(int max, String... queues) {
        Kept<List<HostedJob>> kept = new Kept<>();
        host.run(List.of(new Call.Take(names(queues), max, false, kept)));
        return kept.get();
    }

    List<HostedJob> takeFor(long lease, int max, String... queues) {
        Kept<List<HostedJob>> kept = new Kept<>();
        host.run(List.of(new Call.Take(names(queues), max, false, lease, kept)));
        return kept.get();
    }

    Kept<Optional<QueueName>> awaitReady(boolean patient, String... queues) {
        Kept<Optional<QueueName>> kept = new Kept<>();
        host.run(List.of(new Call.AwaitReady(names(queues), patient, kept)));
        return kept;
    }

    int change(Verb verb, String queue, String id, long otherwise) {
        Kept<Integer> kept = new Kept<>();
        host.run(List.of(new Call.ChangeChosen(verb, new QueueName(queue), new JobId(id), otherwise, kept)));
        return kept.get();
    }

    long flush(String queue) {
        Kept<Long> kept = new Kept<>();
        host.run(List.of(new Call.FlushQueue(new QueueName(queue), kept)));
        return kept.get();
    }

    static List<QueueName> names(String... queues) {
        return Arrays.stream(queues).map(QueueName::new).toList();
    }

    List<String> bodies(int max, String... queues) {
        return texts(take(max, queues));
    }

    static List<String> texts(List<HostedJob> jobs) {
        return jobs.stream().map(job -> job.payload().text()).toList();
    }

    static Call.Take patient(Kept<List<HostedJob>> kept, int max, String... queues) {
        return new Call.Take(names(queues), max, true, kept);
    }

    Kept<List<HostedJob>> await(int max, String... queues) {
        Kept<List<HostedJob>> kept = new Kept<>();
        host.run(List.of(patient(kept, max, queues)));
        return kept;
    }

    int change(Verb verb, Long... numbers) {
        Kept<Integer> kept = new Kept<>();
        host.run(List.of(new Call.Change(verb, List.of(numbers), kept)));
        return kept.get();
    }

    int ack(Long... numbers) {
        return change(new Verb.End(Ending.ACKED), numbers);
    }

    int nack(Long... numbers) {
        return change(new Verb.Enqueue(true, 0), numbers);
    }

    int enqueue(Long... numbers) {
        return change(new Verb.Enqueue(false, 0), numbers);
    }

    int dequeue(Long... numbers) {
        return change(new Verb.Dequeue(), numbers);
    }

    Renewal renew(long number) {
        Kept<Renewal> kept = new Kept<>();
        host.run(List.of(new Call.Renew(number, kept)));
        return kept.get();
    }

    Kept<Ending> awaitEnd(long number) {
        Kept<Ending> kept = new Kept<>();
        host.run(List.of(new Call.Await(number, kept)));
        return kept;
    }

    Optional<HostedView> show(long number) {
        Kept<Optional<HostedView>> kept = new Kept<>();
        host.run(List.of(new Call.Show(number, kept)));
        return kept.get();
    }

    HostedView shown(long number) {
        return show(number).orElseThrow();
    }

    HostedView.State state(long number) {
        return shown(number).state();
    }

    List<String> peek(String queue, long max) {
        Kept<List<HostedJob>> kept = new Kept<>();
        host.run(List.of(new Call.Peek(new QueueName(queue), max, kept)));
        return texts(kept.get());
    }

    List<Long> peeked(String queue, long max) {
        Kept<List<HostedJob>> kept = new Kept<>();
        host.run(List.of(new Call.Peek(new QueueName(queue), max, kept)));
        return kept.get().stream().map(HostedJob::number).toList();
    }

    Optional<HostedQueue> look(String queue) {
        Kept<Optional<HostedQueue>> kept = new Kept<>();
        host.run(List.of(new Call.Look(new QueueName(queue), kept)));
        return kept.get();
    }

    HostedQueue queue(String queue) {
        return look(queue).orElseThrow();
    }

    void pause(String queue, Pause pause) {
        Kept<Pause> kept = new Kept<>();
        host.run(List.of(new Call.SetPause(new QueueName(queue), pause, kept)));
        assertThat(kept.get()).isEqualTo(pause);
    }

    long flush() {
        Kept<Long> kept = new Kept<>();
        host.run(List.of(new Call.Flush(kept)));
        return kept.get();
    }
}
