// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/*
 * Receives by a TakeCommand. If that found nothing it stays with the TakeDesk, and the thread sleeps here until it is
 * served, its patience ends, or a delay or lease may be over: then it lets the store look at the clock, since there is
 * no thread whose duty that is.
 */
final class EmbeddedReceiver implements Receiver, LeaseExtending {
    private static final long POLL_NANOS = 5_000_000;

    private final Store store;
    private final JobIds ids;
    private final Subscription subscription;
    private final Flights flights;
    private volatile boolean closed;
    private volatile Thread waiting = Thread.currentThread();
    private int turn;

    EmbeddedReceiver(Store store, JobIds ids, Subscription subscription) {
        this.store = store;
        this.ids = ids;
        this.subscription = subscription;
        this.flights = new Flights(subscription.maxInFlight(), store.clock());
    }

    Subscription subscription() {
        return subscription;
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        Receiver.check(max, patience);
        waiting = Thread.currentThread();
        long until = StoreClock.nanos() + saturatedNanos(patience);
        int room = flights.awaitRoom(until);
        if (room == 0) {
            return List.of();
        }
        TakeCommand take = new TakeCommand(this, Math.min(max, room), turn++, !patience.isZero());
        try {
            store.run(take);
            awaitService(take, until);
        } catch (RuntimeException | Error e) {
            if (take.abandon()) {
                throw e;
            }
        }
        take.check();
        List<Delivery> deliveries = take.deliveries();
        flights.add(deliveries);
        return deliveries;
    }

    private static long saturatedNanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }

    private void awaitService(TakeCommand take, long until) throws InterruptedException {
        while (!take.isServed()) {
            long left = Math.min(until - StoreClock.nanos(), nanosToNextTime());
            if (left > 0 && !closed) {
                LockSupport.parkNanos(this, left);
            }
            if (Thread.interrupted()) {
                giveUp(take);
                if (take.taken().isEmpty()) {
                    throw new InterruptedException();
                }
                Thread.currentThread().interrupt();
            } else if (closed || until - StoreClock.nanos() <= 0) {
                giveUp(take);
            } else if (!take.isServed() && store.nextTime() <= store.clock().millis()) {
                store.run(Query.tick());
            }
        }
    }

    /* A clock that a test moves by hand does not wake anybody: look at it now and then. */
    private long nanosToNextTime() {
        if (!store.clock().isReal()) {
            return POLL_NANOS;
        }
        long millis = store.nextTime() - store.clock().millis();
        return millis > 1_000_000_000 ? Long.MAX_VALUE : millis * 1_000_000;
    }

    private void giveUp(TakeCommand take) {
        store.run(new Withdrawal(take));
    }

    /** Reads the bodies of jobs that were taken. */
    List<Delivery> deliver(List<Held> taken) {
        List<Delivery> deliveries = new ArrayList<>(taken.size());
        for (Held held : taken) {
            deliver(held).ifPresent(deliveries::add);
        }
        return deliveries;
    }

    private Optional<Delivery> deliver(Held held) {
        boolean once = subscription.guarantee() == Guarantee.AT_MOST_ONCE;
        JobRecord job = store.read(held);
        if (job == null) {
            return once ? Optional.empty() : deliverMoved(held);
        }
        return Optional.of(deliveryOf(held, job, once));
    }

    private Delivery deliveryOf(Held held, JobRecord job, boolean once) {
        Delivery.Builder delivery = Delivery.of(ids.of(held), held.queue().name(), job.payload(), tag(held, once))
                .headers(job.headers())
                .attempt(held.attempts())
                .enqueuedAt(Instant.ofEpochMilli(job.head().enqueuedAt()));
        return (once ? delivery : delivery.leaseUntil(Instant.ofEpochMilli(held.time()))).build();
    }

    private EmbeddedTag tag(Held held, boolean once) {
        return new EmbeddedTag(this, held.slot(), held.sequence(), once ? EmbeddedTag.AT_MOST_ONCE : held.token());
    }

    /* Between the taking and the reading the job was moved by compaction, or ended by somebody else; or it is damaged. */
    private Optional<Delivery> deliverMoved(Held before) {
        Optional<Held> found = store.run(new Query<>(engine -> {
                    int slot = engine.find(before.sequence());
                    return slot < 0 ? Optional.<Held>empty() : Optional.of(engine.look(slot));
                }))
                .answer();
        if (found.isEmpty() || !found.get().isLeased() || found.get().token() != before.token()) {
            return Optional.empty();
        }
        Held held = found.get();
        JobRecord job = store.read(held);
        if (job != null) {
            return Optional.of(deliveryOf(held, job, false));
        }
        Delivery damaged = Delivery.of(ids.of(held), held.queue().name(), Payload.empty(), tag(held, false))
                .attempt(held.attempts())
                .build();
        settle(List.of(new Settlement.DeadLetter(
                damaged,
                "the record of " + held.length() + " bytes at " + held.location() + " of the log is damaged")));
        return Optional.empty();
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        List<EmbeddedTag> tags = new ArrayList<>(settlements.size());
        for (Settlement settlement : settlements) {
            tags.add(own(settlement.delivery()));
        }
        SettleCommand command =
                store.run(new SettleCommand(settlements, store.clock().millis()));
        flights.remove(tags);
        return command.answers();
    }

    private EmbeddedTag own(Delivery delivery) {
        return Receiver.tag(delivery, EmbeddedTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public Optional<Instant> extend(Delivery delivery, Duration lease) {
        EmbeddedTag tag = own(delivery);
        LeaseExtending.aboveZero(lease);
        long millis = JobRecord.millisUp(lease);
        long end = store.run(new Query<>(engine -> engine.extend(tag.slot(), tag.sequence(), tag.token(), millis)))
                .answer();
        if (end < 0) {
            flights.remove(List.of(tag));
            return Optional.empty();
        }
        Instant until = Instant.ofEpochMilli(end);
        flights.extend(tag, until);
        return Optional.of(until);
    }

    @Override
    public void close() {
        closed = true;
        flights.close();
        LockSupport.unpark(waiting);
    }
}
