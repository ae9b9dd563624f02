// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.NewJob.Terms;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Host;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The broker inside your program. It keeps jobs in a directory, replies when they are on disk, and finds everything again
 * after a crash; or it keeps them in memory only. What it guarantees and what it costs is in {@code docs/embedded.md}.
 * Thread-safe. One process at a time owns a directory.
 */
public final class EmbeddedBroker implements Broker, Inspectable, Administrable, Addressable {
    private static final int COMMAND_BYTES = 1 << 20;
    /** Millions of jobs are ended or redriven in parts, so that they hold nobody up for long. */
    private static final int PART = 1 << 18;

    private final String name;
    private final Store store;
    private final JobIds ids;
    private final Limits limits;
    private final Views views;
    private final EmbeddedHost host;

    EmbeddedBroker(String name, Store store, Limits limits) {
        this(name, store, limits, null);
    }

    EmbeddedBroker(String name, Store store, Limits limits, @Nullable Path folder) {
        this.name = name;
        this.store = store;
        this.ids = new JobIds(store.name());
        this.limits = limits;
        this.views = new Views(store, ids);
        this.host = new EmbeddedHost(store, ids, limits, folder == null ? null : new Door(folder).path());
    }

    /**
     * Begins a broker; {@code builder().open()} is one in memory.
     *
     * @return a builder with the defaults
     */
    public static EmbeddedBrokerBuilder builder() {
        return new EmbeddedBrokerBuilder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return Limits.CAPABILITIES;
    }

    /** {@code Host} too: jobs by number, for servers of other protocols. */
    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return role.equals(Host.class) ? Optional.of(role.cast(host)) : Broker.super.facet(role);
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        jobs.forEach(job -> Limits.checkOptions(name, job));
        List<EnqueueResult> results = new ArrayList<>(jobs.size());
        long now = store.clock().millis();
        long sequence = store.takeSequences(jobs.size());
        SendCommand command = new SendCommand(jobs.size());
        for (Job job : jobs) {
            Optional<EnqueueResult> refusal = limits.refusal(job, ids);
            if (refusal.isPresent() || command.bytes() > COMMAND_BYTES) {
                send(command, results);
                command = new SendCommand(1);
                refusal.ifPresent(results::add);
            }
            if (refusal.isEmpty()) {
                Terms terms = limits.terms(job, now);
                JobId id = job.id().isPresent() ? job.id().get() : ids.of(sequence);
                command.add(id, JobRecord.of(job, sequence, now, terms), terms);
            }
            sequence++;
        }
        send(command, results);
        return results;
    }

    private void send(SendCommand command, List<EnqueueResult> results) {
        if (command.bytes() > 0) {
            store.run(command).collect(results);
        }
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        store.run(Query.tick());
        return new EmbeddedReceiver(store, ids, wanted);
    }

    @Override
    public List<QueueStatus> queues() {
        return views.queues();
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        int most = Inspectable.atLeastOne(max);
        return views.glimpses(engine -> engine.ready(engine.queue(queue.value()), most));
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        int most = Inspectable.atLeastOne(max);
        return views.glimpses(engine -> engine.dead(engine.queue(queue.value()), most));
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        store.run(new PauseCommand(queue.value(), pause));
    }

    @Override
    public long purge(QueueName queue) {
        long all = 0;
        SelectCommand part = null;
        do {
            int from = part == null ? 0 : part.last() + 1;
            part = store.run(SelectCommand.end(
                    engine -> engine.claimUnfinished(engine.queue(queue.value()), from, PART), Ending.DELETED));
            all += part.count();
        } while (part.count() == PART);
        return all;
    }

    @Override
    public long purgeDead(QueueName queue) {
        long all = 0;
        int part;
        do {
            part = store.run(SelectCommand.end(
                            engine -> engine.claimDead(engine.queue(queue.value()), PART), Ending.DELETED))
                    .count();
            all += part;
        } while (part == PART);
        return all;
    }

    @Override
    public long redrive(QueueName queue, int max) {
        int atMost = Inspectable.atLeastOne(max);
        long all = 0;
        int part;
        do {
            int next = (int) Math.min(PART, atMost - all);
            part = store.run(SelectCommand.ready(engine -> engine.claimDead(engine.queue(queue.value()), next)))
                    .count();
            all += part;
        } while (part == PART && all < atMost);
        return all;
    }

    @Override
    public Settled ack(JobId id) {
        return answer(store.run(SelectCommand.end(one(id, true), Ending.ACKED)));
    }

    @Override
    public Settled release(JobId id) {
        return answer(store.run(SelectCommand.ready(one(id, false))));
    }

    private Function<Engine, int[]> one(JobId id, boolean ends) {
        return engine -> {
            int slot = ids.find(engine, id);
            return slot >= 0 && (ends || engine.hosted().mayComeAgain(slot)) && engine.claim(slot)
                    ? new int[] {slot}
                    : new int[0];
        };
    }

    private static Settled answer(SelectCommand command) {
        return command.count() == 0 ? Settled.LOST : Settled.CONFIRMED;
    }

    @Override
    public Optional<Glimpse> show(JobId id) {
        return views
                .glimpses(engine -> {
                    int slot = ids.find(engine, id);
                    return slot < 0 ? List.of() : List.of(engine.look(slot));
                })
                .stream()
                .findFirst();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "EmbeddedBroker[" + name + "]";
    }
}
