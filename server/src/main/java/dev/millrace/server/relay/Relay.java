// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Broker;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.HostUsage;
import dev.millrace.hosting.Naming;
import dev.millrace.job.JobId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/*
 *   run ──▶ Lane ──▶ Batch: adds, then changes, then takes, then looks, as far as the order of the calls allows
 *                      │ Adding · Changing · Lines · Looking, each of them several calls at once
 *                      ▼
 *                    Broker
 *
 *   Lines: one Line for each set of queues and each lease, with a receiver that asks and one that waits
 *   Holdings: what was handed out and is not settled, with the receiver that can settle it
 *
 * A broker's calls block, so they are done on virtual threads, in the order in which they came: a call sees what those
 * before it did. What gathers meanwhile is done together. Nothing is kept here that matters: a job that this process does not
 * hold (any more) is found by its id.
 */
/**
 * A host on a broker that is {@link Addressable}. What the broker cannot do, a call fails with, and says so. Thread-safe, but
 * made for one caller.
 */
public final class Relay implements Host, AutoCloseable {
    private final Broker broker;
    private final Holdings holdings;
    private final Lines lines;
    private final Watching watching;
    private final Lane lane;
    private final ReentrantLock lock = new ReentrantLock();
    private final IdentityHashMap<Call, Claimable<?>> claimables = new IdentityHashMap<>();
    private final Map<Long, JobId> lent = new HashMap<>();

    private Relay(Broker broker, Addressable addressable, InstantSource clock) {
        this.broker = broker;
        this.holdings = new Holdings(clock);
        this.lines = new Lines(broker, holdings, clock);
        Looking looking = new Looking(broker, addressable, lines, clock);
        Renewing renewing = new Renewing(broker, looking, holdings, clock);
        Changing changing = new Changing(broker, addressable, looking, renewing, lines);
        this.watching = new Watching(looking::inspectable);
        this.lane = new Lane(new Batch(new Adding(broker), changing, looking, lines, watching));
    }

    /**
     * A host on a broker.
     *
     * @param broker the broker; it stays the caller's
     * @param clock what time it is
     * @return the host, or empty if the broker does not find jobs by their id
     */
    public static Optional<Relay> over(Broker broker, InstantSource clock) {
        return broker.facet(Addressable.class).map(addressable -> new Relay(broker, addressable, clock));
    }

    @Override
    public String store() {
        return broker.name();
    }

    @Override
    public Optional<Naming> naming() {
        return Optional.of(this::lend);
    }

    private long lend(JobId id) {
        long number = holdings.nextNumber();
        lent.put(number, id);
        return number;
    }

    private Optional<JobId> named(long number) {
        JobId id = lent.get(number);
        return id == null ? holdings.id(number) : Optional.of(id);
    }

    @Override
    public boolean prompt() {
        return false;
    }

    @Override
    public void run(List<? extends Call> turn) {
        if (turn.isEmpty()) {
            return;
        }
        List<Step> steps = new ArrayList<>(turn.size());
        for (Call call : turn) {
            steps.add(step(call));
        }
        lent.clear();
        lane.add(steps);
    }

    private Step step(Call call) {
        return switch (call) {
            case Call.Take take -> new Step(take, List.of(), kept(take, new Taking(take, this::answered)));
            case Call.AwaitReady await -> new Step(await, List.of(), kept(await, new Watch(await, this::answered)));
            case Call.ChangeChosen change -> step(change);
            case Call.Change change ->
                new Step(
                        change,
                        change.numbers().stream()
                                .map(this::named)
                                .flatMap(Optional::stream)
                                .toList(),
                        null);
            case Call.Renew renew -> step(renew, renew.number());
            case Call.Await await -> step(await, await.number());
            case Call.Show show -> step(show, show.number());
            default -> new Step(call, List.of(), null);
        };
    }

    /** Where only the chosen id can be meant, it is the id of the broker. */
    private Step step(Call.ChangeChosen change) {
        List<JobId> otherwise = named(change.otherwise()).map(List::of).orElse(List.of());
        return otherwise.isEmpty()
                ? new Step(
                        new Call.Change(change.verb(), List.of(), change.queue()::equals, change.answer()),
                        List.of(change.id()),
                        null)
                : new Step(change, otherwise, null);
    }

    private Step step(Call call, long number) {
        return new Step(call, named(number).map(List::of).orElse(List.of()), null);
    }

    private Claimable<?> kept(Call call, Claimable<?> claimable) {
        lock.lock();
        try {
            claimables.put(call, claimable);
        } finally {
            lock.unlock();
        }
        return claimable;
    }

    private void answered(Call call) {
        lock.lock();
        try {
            claimables.remove(call);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean withdraw(Call call) {
        Claimable<?> claimable;
        lock.lock();
        try {
            claimable = claimables.get(call);
        } finally {
            lock.unlock();
        }
        return claimable != null && claimable.claim();
    }

    @Override
    public long idleMillis() {
        return Long.MAX_VALUE;
    }

    @Override
    public Runnable whenSooner(Runnable alarm) {
        return () -> {};
    }

    @Override
    public Optional<Path> door() {
        return Optional.empty();
    }

    /** What this process holds: the broker counts its own. */
    @Override
    public HostUsage usage() {
        return new HostUsage(holdings.size(), lines.size(), holdings.bytes());
    }

    /** Lets go of all receivers. What was handed out comes again when its lease is over, unless it is acknowledged before. */
    @Override
    public void close() {
        lane.close();
        watching.close();
        lines.close();
    }
}
