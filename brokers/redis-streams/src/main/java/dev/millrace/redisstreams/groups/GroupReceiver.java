// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.JobId;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.groups.Holdings.Buffered;
import dev.millrace.redisstreams.groups.Holdings.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/*
 * What is given first: what was read and did not fit; what comes again and is due; what is pending under our name and known to
 * nobody; what others left idle; and then what is new. If there is nothing it waits, at the server for what is new, until
 * something else is due. That wait ends as soon as something comes back sooner.
 *
 * Over 300 lines: the order above is kept by methods that share what was read and not yet given.
 */
final class GroupReceiver implements Receiver, LeaseExtending {
    private static final int LEASE_PARTS = 3;

    private final Site site;
    private final Holdings holdings;
    private final Subscription wanted;
    private final InstantSource clock;
    private final BlockingRead reads;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final GroupSettler settler;
    private final ReentrantLock receiving = new ReentrantLock();
    private boolean dry;
    private volatile boolean closed;

    GroupReceiver(Site site, Subscription wanted, InstantSource clock) {
        this.site = site;
        this.holdings = site.holdings();
        this.wanted = wanted;
        this.clock = clock;
        this.reads = new BlockingRead(site.group());
        this.settler = new GroupSettler(site, inHand);
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        Receiver.check(max, patience);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        receiving.lock();
        try {
            return closed ? List.of() : receiveUntil(max, nanos(patience));
        } catch (RedisException e) {
            site.recovery().doubt();
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
            receiving.unlock();
        }
    }

    private static long nanos(Duration length) {
        return length.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 4 : length.toNanos();
    }

    private List<Delivery> receiveUntil(int max, long nanos) throws InterruptedException {
        long end = site.now() + nanos;
        while (true) {
            CompletableFuture<?> bell = holdings.listen();
            int room = Math.min(max, wanted.maxInFlight() - inHand.size());
            List<Delivery> deliveries = room > 0 ? gather(room, nanos == 0 || !dry) : List.of();
            long left = end - site.now();
            if (!deliveries.isEmpty() || closed || left <= 0) {
                return deliveries;
            }
            if (room > 0) {
                readWaiting(room, left, bell);
            } else {
                await(bell, left);
            }
        }
    }

    private static void await(CompletableFuture<?> bell, long nanos) throws InterruptedException {
        try {
            bell.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Time to look again.
        }
    }

    /** Reads what is new, and waits for it as long as nothing else is to be done. */
    private void readWaiting(int room, long left, CompletableFuture<?> bell) throws InterruptedException {
        long now = site.now();
        long patience = site.recovery().dueWithin(holdings.dueWithin(left, now), now);
        Duration timeout = site.group().terms().reading().timeout();
        if (!timeout.isZero()) {
            patience = Math.min(patience, nanos(timeout));
        }
        if (patience <= 0) {
            return;
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience));
        BlockingRead.Read read = reads.begin(count(room), millis);
        try {
            read.await(bell);
        } catch (InterruptedException e) {
            endedQuietly(read);
            throw e;
        }
        ended(read);
    }

    /** The interrupt matters more than what is wrong with the server, which the next call sees. */
    private void endedQuietly(BlockingRead.Read read) {
        try {
            ended(read);
        } catch (RedisException e) {
            site.recovery().doubt();
        }
    }

    private void ended(BlockingRead.Read read) {
        try {
            List<Entry> entries = read.end();
            site.read(entries);
            dry = entries.isEmpty();
        } catch (RedisException e) {
            dry = false;
            site.recovery().doubt();
            if (Failures.isGone(e)) {
                site.makeAnew();
            } else if (!Redirections.isOne(e)) {
                throw e;
            }
        }
    }

    private int count(int room) {
        return Math.max(room, site.group().terms().reading().buffer());
    }

    /** What is there now; if a part of it fails, what the other parts gave. */
    private List<Delivery> gather(int room, boolean readNew) {
        List<Delivery> deliveries = new ArrayList<>();
        try {
            site.make();
            buffered(room, deliveries);
            due(room - deliveries.size(), deliveries);
            if (deliveries.isEmpty()) {
                deliver(site.inGroup(() -> site.recovery().sweep(room)), deliveries);
            }
            if (deliveries.isEmpty()) {
                deliver(site.inGroup(() -> site.recovery().round(room, site.now())), deliveries);
            }
            if (deliveries.isEmpty() && readNew) {
                List<Entry> entries = site.inGroup(() -> site.group().read(count(room)));
                site.read(entries);
                dry = entries.isEmpty();
                buffered(room, deliveries);
            }
        } catch (RedisException e) {
            site.recovery().doubt();
            if (deliveries.isEmpty()) {
                throw e;
            }
        }
        return deliveries;
    }

    private void deliver(List<Entry> entries, List<Delivery> deliveries) {
        holdings.hold(entries);
        entries.forEach(entry -> deliveries.add(delivery(entry)));
    }

    private Delivery delivery(Entry entry) {
        inHand.add(entry.id());
        return Delivery.of(
                        new JobId(entry.id()), wanted.queues().get(0), entry.fields(), new GroupTag(this, entry.id()))
                .attempt(entry.attempt())
                .build();
    }

    /** What has lain in the buffer for long may have been claimed by others: that is asked first. */
    private void buffered(int room, List<Delivery> deliveries) {
        List<Buffered> some = holdings.pollBuffered(room);
        if (some.isEmpty()) {
            return;
        }
        long old = site.now() - TimeUnit.MILLISECONDS.toNanos(site.leaseMillis()) / LEASE_PARTS;
        if (some.getFirst().readAt() - old > 0) {
            some.forEach(each -> deliveries.add(delivery(each.entry())));
            return;
        }
        List<Fate> fates;
        try {
            fates = site.keep(
                    some.stream().map(each -> Keeping.fresh(each.entry().id())).toList());
        } catch (RedisException e) {
            holdings.unread(some);
            throw e;
        }
        for (int i = 0; i < some.size(); i++) {
            if (fates.get(i) == Fate.HAD) {
                deliveries.add(delivery(some.get(i).entry()));
            }
        }
    }

    /** What comes again now, if nobody took it meanwhile. */
    private void due(int room, List<Delivery> deliveries) {
        List<Waiting> due = room == 0 ? List.of() : holdings.pollDue(room, site.now());
        if (due.isEmpty()) {
            return;
        }
        List<Pending> asked = due.stream()
                .map(each -> new Pending(each.id(), each.attempt()).raised(1))
                .toList();
        List<Entry> had;
        try {
            had = site.inGroup(() -> site.recovery().take(asked, false));
        } catch (RedisException e) {
            due.forEach(holdings::await);
            throw e;
        }
        holdings.forget(due.stream().map(Waiting::id).toList());
        deliver(had, deliveries);
    }

    private GroupTag tag(Delivery delivery) {
        return Receiver.tag(delivery, GroupTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(settlement -> tag(settlement.delivery()));
        try {
            return settler.settle(settlements);
        } catch (RedisException e) {
            throw Failures.of(e);
        } catch (IllegalStateException e) {
            throw BrokerException.lasting("the broker is closed", e);
        }
    }

    @Override
    public Optional<Instant> extend(Delivery delivery, Duration lease) {
        LeaseExtending.aboveZero(lease);
        String id = tag(delivery).id();
        if (!inHand.contains(id)) {
            return Optional.empty();
        }
        try {
            if (site.keep(List.of(Keeping.fresh(id))).get(0) == Fate.HAD) {
                return Optional.of(clock.instant().plus(lease));
            }
        } catch (RedisException e) {
            throw Failures.of(e);
        } catch (IllegalStateException e) {
            throw BrokerException.lasting("the broker is closed", e);
        }
        inHand.remove(id);
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        holdings.ring();
        receiving.lock();
        try {
            reads.close();
            List<String> left = List.copyOf(inHand);
            inHand.clear();
            holdings.forget(left);
            if (!left.isEmpty()) {
                site.recovery().giveUp(left);
            }
        } finally {
            receiving.unlock();
        }
    }
}
