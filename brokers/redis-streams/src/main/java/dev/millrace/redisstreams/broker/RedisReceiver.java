// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.InFlight;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.resp.client.Replies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Queues that may hold something are asked in turn, each for what there is room for; one that gave less than it was asked
 * for holds nothing more, and says from where to wait. When none is left, the doorbell waits for all.
 *
 * The lock belongs to the thread that receives. Whoever closes meanwhile ends its wait and leaves the rest to it: to give back
 * what it took, and to close its connections.
 */
final class RedisReceiver implements Receiver, LeaseExtending {
    private static final int MOST_AT_ONCE = 1_000;

    private final Site site;
    private final Subscription wanted;
    private final Doorbell doorbell;
    private final InFlight flights;
    private final Settler settler;
    private final long lease;
    private final Deque<QueueName> promising = new ArrayDeque<>();
    private final ReentrantLock receiving = new ReentrantLock();
    private volatile boolean closed;

    RedisReceiver(Site site, Subscription wanted) {
        this.site = site;
        this.wanted = wanted;
        this.lease = wanted.guarantee() == Guarantee.AT_MOST_ONCE ? 0 : Sending.millis(wanted.lease());
        this.doorbell = new Doorbell(
                site.link(),
                site::nanos,
                wanted.queues().stream().map(site::keys).toList());
        this.flights = new InFlight(wanted.maxInFlight(), site.clock());
        this.settler = new Settler(site, flights);
        promising.addAll(wanted.queues());
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        Receiver.check(max, patience);
        site.checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        receiving.lock();
        try {
            return closed ? List.of() : receiveUntil(max, patience);
        } catch (RedisException e) {
            if (closed) {
                return List.of();
            }
            throw Failures.of(e);
        } catch (IllegalStateException e) {
            if (closed) {
                return List.of();
            }
            throw BrokerException.lasting("the broker was closed while receiving", e);
        } finally {
            if (closed) {
                doorbell.hangUp();
            }
            receiving.unlock();
        }
    }

    private List<Delivery> receiveUntil(int max, Duration patience) throws InterruptedException {
        long nanos = patience.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : patience.toNanos();
        long begin = site.nanos();
        if (nanos == 0) {
            promise(wanted.queues());
        }
        while (true) {
            int room = flights.awaitRoom(left(nanos, begin));
            List<Delivery> deliveries = room > 0 && !closed ? takeAll(Math.min(max, room)) : List.of();
            if (!deliveries.isEmpty() || closed || left(nanos, begin) <= 0) {
                return deliveries;
            }
            if (promising.isEmpty()) {
                promise(doorbell.await(left(nanos, begin)));
            }
        }
    }

    private long left(long nanos, long begin) {
        return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - (site.nanos() - begin));
    }

    private void promise(Collection<QueueName> queues) {
        for (QueueName queue : queues) {
            if (!promising.contains(queue)) {
                promising.add(queue);
            }
        }
    }

    /** Asks each queue that may hold something, once. */
    private List<Delivery> takeAll(int count) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int tries = promising.size(); tries > 0 && deliveries.size() < count; tries--) {
            QueueName queue = promising.remove();
            boolean more;
            try {
                more = take(queue, Math.min(MOST_AT_ONCE, count - deliveries.size()), deliveries);
            } catch (RedisException e) {
                promising.add(queue);
                if (deliveries.isEmpty()) {
                    throw e;
                }
                return deliveries;
            }
            if (more) {
                promising.add(queue);
            }
        }
        if (closed) {
            settler.settle(deliveries.stream()
                    .map(delivery -> (Settlement) new Release(delivery, Duration.ZERO, Cause.NOT_TRIED))
                    .toList());
            return List.of();
        }
        return deliveries;
    }

    /** Whether there may be more. */
    private boolean take(QueueName queue, int count, List<Delivery> deliveries) {
        Instant end = lease == 0 ? Instant.MAX : site.clock().instant().plusMillis(lease);
        Taken taken = site.run(site.step(Script.TAKE, queue, (reply, server) -> Taken.of(reply, site.nanos()))
                .add(count)
                .add(lease));
        for (Taken.Entry entry : taken.deliveries()) {
            deliveries.add(delivery(queue, entry, new Lease(end, taken.leaseEnd())));
        }
        if (taken.deliveries().size() == count) {
            return true;
        }
        doorbell.note(queue, taken.spot());
        return false;
    }

    /** When a lease ends, by the clock here and by that of Redis. */
    private record Lease(Instant here, Instant there) {}

    private Delivery delivery(QueueName queue, Taken.Entry entry, Lease end) {
        Fields fields = entry.fields();
        long number = lease == 0 ? RedisTag.AT_MOST_ONCE : flights.begin(end.here());
        Delivery.Builder delivery = Delivery.of(
                        Ids.id(fields.first(entry.id()), queue),
                        queue,
                        fields.payload(),
                        new RedisTag(this, entry.id() + ":" + entry.count(), number))
                .headers(fields.headers())
                .attempt(entry.attempt());
        fields.enqueuedAt(entry.id()).ifPresent(delivery::enqueuedAt);
        return lease == 0 ? delivery.build() : delivery.leaseUntil(end.there()).build();
    }

    private RedisTag tag(Delivery delivery) {
        return Receiver.tag(delivery, RedisTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(settlement -> tag(settlement.delivery()));
        site.checkOpen();
        return Failures.told(() -> settler.settle(settlements));
    }

    @Override
    public Optional<Instant> extend(Delivery delivery, Duration length) {
        LeaseExtending.aboveZero(length);
        RedisTag tag = tag(delivery);
        site.checkOpen();
        if (tag.number() == RedisTag.AT_MOST_ONCE) {
            return Optional.empty();
        }
        Instant here = site.clock().instant().plusMillis(Sending.millis(length));
        Step<String> step = site.step(Script.EXTEND, delivery.queue(), (reply, server) -> Replies.text(reply))
                .add(tag.delivery())
                .add(Sending.millis(length));
        long end = Long.parseLong(Failures.told(() -> site.run(step)));
        if (end == 0) {
            return Optional.empty();
        }
        flights.extend(tag.number(), here);
        return Optional.of(Instant.ofEpochMilli(end));
    }

    @Override
    public void close() {
        closed = true;
        flights.close();
        doorbell.close();
        if (receiving.tryLock()) {
            try {
                doorbell.hangUp();
            } finally {
                receiving.unlock();
            }
        }
    }
}
