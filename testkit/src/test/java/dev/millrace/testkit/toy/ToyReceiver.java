// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.toy;

import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.JobState;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.Tag;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A subscription to a toy. Thread-safe. */
class ToyReceiver implements Receiver {
    private static final long LOOK_NANOS = 5_000_000;

    private final ToyBroker broker;
    private final ToyStore store;
    private final Subscription wanted;
    private final List<QueueName> queues;
    private final Set<ToyTag> held = new HashSet<>();
    private boolean closed;

    record ToyTag(ToyReceiver receiver, ToyJob job, int token) implements Tag {}

    /** One that can renew. */
    static final class Extending extends ToyReceiver implements LeaseExtending {
        Extending(ToyBroker broker, Subscription wanted) {
            super(broker, wanted);
        }

        @Override
        public Optional<Instant> extend(Delivery delivery, Duration lease) {
            return renew(delivery, lease);
        }
    }

    ToyReceiver(ToyBroker broker, Subscription wanted) {
        this.broker = broker;
        this.store = broker.store;
        this.wanted = wanted;
        this.queues = new ArrayList<>(wanted.queues());
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        if (max < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("cannot receive " + max + " within " + patience);
        }
        long left = patience.toNanos();
        store.lock.lock();
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            while (true) {
                List<Delivery> taken = closed && !store.has(Fault.CLOSED_RECEIVER_RECEIVES) ? List.of() : take(max);
                boolean over = left <= 0 || (closed && !store.has(Fault.CLOSING_DOES_NOT_WAKE));
                if (!taken.isEmpty() || over) {
                    return taken;
                }
                long slice = store.has(Fault.NEVER_WAKES) ? left : Math.min(left, LOOK_NANOS);
                left = left - slice + store.looked.awaitNanos(slice);
            }
        } catch (InterruptedException e) {
            return interrupted(e);
        } finally {
            store.lock.unlock();
        }
    }

    private List<Delivery> interrupted(InterruptedException e) throws InterruptedException {
        if (store.has(Fault.INTERRUPT_SWALLOWED)) {
            return List.of();
        }
        if (store.has(Fault.INTERRUPT_LOSES_A_JOB)) {
            queues.stream()
                    .map(store::next)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .ifPresent(store::forget);
        }
        throw e;
    }

    private List<Delivery> take(int max) {
        List<Delivery> taken = new ArrayList<>();
        queues.forEach(store::tidy);
        int room = store.has(Fault.GIVES_MORE_THAN_MAY_BE_IN_FLIGHT)
                ? max
                : Math.min(max, wanted.maxInFlight() - held.size());
        int most = store.has(Fault.GIVES_MORE_THAN_ASKED) ? room + 1 : room;
        boolean found = true;
        while (found && taken.size() < most) {
            found = false;
            for (QueueName name : List.copyOf(queues)) {
                ToyJob job = taken.size() < most ? store.next(name) : null;
                if (job != null) {
                    taken.add(deliver(job));
                    found = true;
                    if (!store.has(Fault.QUEUES_STARVE)) {
                        Collections.rotate(queues, -1);
                    } else {
                        break;
                    }
                }
            }
        }
        return taken;
    }

    private Delivery deliver(ToyJob job) {
        boolean connection = broker.capabilities().leases() == LeaseScope.CONNECTION;
        job.attempts++;
        job.token++;
        ToyTag tag = new ToyTag(this, job, job.token);
        Delivery.Builder delivery = Delivery.of(job.id, job.queue, job.payload, tag)
                .headers(job.headers)
                .enqueuedAt(job.enqueuedAt)
                .attempt(broker.capabilities().attempts() == AttemptCount.NONE ? 1 : job.attempts);
        if (wanted.guarantee() == Guarantee.AT_MOST_ONCE && !store.has(Fault.AT_MOST_ONCE_COMES_BACK)) {
            store.forget(job);
            return delivery.build();
        }
        held.add(tag);
        job.due = connection ? Instant.MAX : store.now().plus(wanted.lease());
        if (!store.has(Fault.RACES) || job.attempts > 1 || Math.floorMod(job.id.hashCode(), 17) != 0) {
            job.state = JobState.LEASED;
        }
        store.changed();
        return connection ? delivery.build() : delivery.leaseUntil(job.due).build();
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            check(settlement);
        }
        return broker.locked(() -> settlements.stream().map(this::settled).toList());
    }

    private void check(Settlement settlement) {
        tag(settlement.delivery());
        Map<String, String> headers = switch (settlement) {
            case Settlement.Ack ack -> Map.<String, String>of();
            case Settlement.Release release -> release.headers();
            case Settlement.DeadLetter dead -> dead.headers();
        };
        Job probe = Job.of(settlement.delivery().queue(), settlement.delivery().payload());
        headers.forEach(probe::withHeader);
        broker.demand(Feature.HEADERS, !headers.isEmpty(), "settlement");
        broker.demand(Feature.DEAD_LETTER, settlement instanceof Settlement.DeadLetter, "settlement");
        broker.demand(
                Feature.DELAYED_RETRY,
                settlement instanceof Settlement.Release release
                        && !release.delay().isZero(),
                "settlement");
    }

    private ToyTag tag(Delivery delivery) {
        if (delivery.tag() instanceof ToyTag tag
                && (tag.receiver.equals(this) || store.has(Fault.ACCEPTS_FOREIGN_DELIVERIES))) {
            return tag;
        }
        throw new IllegalArgumentException(delivery + " is not a delivery of this receiver");
    }

    private boolean isOwn(ToyTag tag) {
        store.tidy(tag.job.queue);
        boolean late = tag.token != tag.job.token && !store.has(Fault.LATE_ACK_ENDS_THE_NEXT_DELIVERY);
        return tag.job.state == JobState.LEASED && !late && store.byId.get(tag.job.id) == tag.job;
    }

    private Settled settled(Settlement settlement) {
        ToyTag tag = tag(settlement.delivery());
        held.remove(tag);
        if (!isOwn(tag)) {
            return store.has(Fault.SETTLES_TWICE) ? Settled.CONFIRMED : Settled.LOST;
        }
        ToyJob job = tag.job;
        job.token++;
        switch (settlement) {
            case Settlement.Ack ack -> {
                if (!store.has(Fault.ACKNOWLEDGES_NOTHING)) {
                    store.forget(job);
                }
            }
            case Settlement.Release release -> release(job, release);
            case Settlement.DeadLetter dead -> {
                job.headers.putAll(dead.headers());
                if (!store.has(Fault.DEAD_LETTERS_LOSE_THEIR_REASON)
                        && broker.capabilities().has(Feature.HEADERS)) {
                    job.headers.put(Settlement.REASON_HEADER, dead.reason());
                }
                store.place(job, false);
                job.state = JobState.DEAD;
            }
        }
        return Settled.CONFIRMED;
    }

    private void release(ToyJob job, Settlement.Release release) {
        if (store.has(Fault.RELEASE_LOSES)) {
            store.forget(job);
            return;
        }
        if (store.has(Fault.RELEASE_DROPS_HEADERS)) {
            job.headers.clear();
        }
        job.headers.putAll(release.headers());
        if (release.cause() == Cause.NOT_TRIED && !store.has(Fault.COUNTS_UNTRIED_ATTEMPTS)) {
            job.attempts--;
        }
        job.due = store.has(Fault.RELEASE_FORGETS_THE_DELAY)
                ? store.now()
                : store.now().plus(release.delay());
        store.place(job, true);
    }

    Optional<Instant> renew(Delivery delivery, Duration lease) {
        LeaseExtending.aboveZero(lease);
        return broker.locked(() -> {
            ToyTag tag = tag(delivery);
            if (!isOwn(tag)) {
                return Optional.empty();
            }
            Instant from = store.has(Fault.EXTENSION_ADDS_TO_THE_REST) ? tag.job.due : store.now();
            tag.job.due = from.plus(lease);
            store.changed();
            return Optional.of(tag.job.due);
        });
    }

    @Override
    public void close() {
        broker.locked(() -> {
            boolean connection = broker.capabilities().leases() == LeaseScope.CONNECTION;
            for (ToyTag tag : closed ? Set.<ToyTag>of() : Set.copyOf(held)) {
                if (isOwn(tag) && store.has(Fault.CLOSING_LOSES_WHAT_IS_HELD)) {
                    store.forget(tag.job);
                } else if (isOwn(tag) && connection) {
                    tag.job.due = store.now();
                    tag.job.token++;
                    store.place(tag.job, true);
                }
            }
            closed = true;
            store.changed();
            return closed;
        });
    }
}
