// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * Two receivers, because one of them waits and only one thread may receive. Takes are asked for once, all that came together
 * with one call. Those that found nothing wait in their order; a virtual thread receives for as many as there are, a second
 * at a time, and ends when nobody waits. Whatever comes goes to the first who still waits, and if there is none it goes back
 * to the broker as not tried.
 *
 * Over 300 lines: all that is done with a line is done under its lock.
 */
/** Takes of one set of queues for one lease, served in order of arrival. Thread-safe. */
final class Line implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Line.class.getName());

    /** As long as Disque gives a worker that says nothing. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_IN_FLIGHT = 1_000_000;
    private static final int MOST_AT_ONCE = 10_000;
    private static final int MOST_TOGETHER = 100;

    private final Broker broker;
    private final List<QueueName> queues;
    private final Duration lease;
    private final Guarantee guarantee;
    private final Holdings holdings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Taking> waiting = new ArrayDeque<>();
    private @Nullable Receiver asker;
    private @Nullable Receiver waiter;
    private boolean served;
    private boolean closed;
    private Instant lastUse = Instant.MIN;

    Line(Broker broker, Call.Take like, Holdings holdings) {
        this.broker = broker;
        this.queues = like.queues().stream().distinct().toList();
        this.lease = like.leaseMillis() > 0 ? Duration.ofMillis(like.leaseMillis()) : LEASE;
        this.guarantee = like.leaseMillis() == 0 ? Guarantee.AT_MOST_ONCE : Guarantee.AT_LEAST_ONCE;
        this.holdings = holdings;
    }

    List<QueueName> queues() {
        return queues;
    }

    void use(Instant now) {
        lock.lock();
        try {
            lastUse = now;
        } finally {
            lock.unlock();
        }
    }

    Instant lastUse() {
        lock.lock();
        try {
            return lastUse;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            waiting.removeIf(taking -> !taking.open());
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits and nothing that was handed out is still to be settled. */
    boolean idle() {
        if (waiting() > 0) {
            return false;
        }
        lock.lock();
        try {
            return Stream.of(Optional.ofNullable(asker), Optional.ofNullable(waiter))
                    .flatMap(Optional::stream)
                    .noneMatch(holdings::any);
        } finally {
            lock.unlock();
        }
    }

    /** Serves takes at once, or lets them wait. One thread at a time. */
    void ask(List<Taking> takes) {
        List<Taking> asking = new ArrayList<>();
        boolean others = waiting() > 0;
        for (Taking taking : takes) {
            if (taking.open() && !(others && taking.call().patient())) {
                asking.add(taking);
            }
        }
        if (!asking.isEmpty()) {
            int wanted = (int) Math.min(
                    MOST_AT_ONCE,
                    asking.stream().mapToLong(taking -> taking.call().max()).sum());
            Receiver receiver = asker();
            hand(receiver, receive(receiver, wanted, Duration.ZERO), asking);
        }
        for (Taking taking : takes) {
            if (taking.open()) {
                await(taking);
            }
        }
    }

    private void await(Taking taking) {
        if (!taking.call().patient()) {
            if (taking.claim()) {
                taking.give(List.of());
            }
            return;
        }
        lock.lock();
        try {
            waiting.add(taking);
            if (!served) {
                served = true;
                Thread.ofVirtual().name("millrace-relay-line").start(this::serve);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Receives for those who wait, as long as there are any. */
    private void serve() {
        int wanted = wanted();
        while (wanted > 0) {
            try {
                Receiver receiver = waiter();
                hand(receiver, receive(receiver, wanted, PATIENCE), List.of());
            } catch (RuntimeException | Error e) {
                fail(Batch.told(e));
            }
            wanted = wanted();
        }
    }

    /** How many wait; if nobody does, they are not served any more. */
    private int wanted() {
        lock.lock();
        try {
            waiting.removeIf(taking -> !taking.open());
            served = !waiting.isEmpty() && !closed;
            return served ? Math.min(waiting.size(), MOST_TOGETHER) : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Gives jobs to those who waited longest, then to those who ask, and what is left back. */
    private void hand(Receiver receiver, List<Delivery> found, List<Taking> asking) {
        Deque<Delivery> left = new ArrayDeque<>(found);
        Taking first = left.isEmpty() ? null : firstWaiting();
        while (first != null) {
            first.give(List.of(held(left.remove(), receiver)));
            first = left.isEmpty() ? null : firstWaiting();
        }
        for (Taking taking : asking) {
            if (!left.isEmpty() && taking.claim()) {
                List<HostedJob> jobs = new ArrayList<>();
                while (!left.isEmpty() && jobs.size() < taking.call().max()) {
                    jobs.add(held(left.remove(), receiver));
                }
                taking.give(jobs);
            }
        }
        if (!left.isEmpty()) {
            giveBack(receiver, left);
        }
    }

    /** The first who waits, claimed; null if nobody does. */
    private @Nullable Taking firstWaiting() {
        lock.lock();
        try {
            Taking first = waiting.poll();
            while (first != null && !first.claim()) {
                first = waiting.poll();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private HostedJob held(Delivery delivery, Receiver receiver) {
        return guarantee == Guarantee.AT_MOST_ONCE
                ? Views.job(holdings.nextNumber(), delivery)
                : Views.job(holdings.hold(delivery, receiver, lease).number(), delivery);
    }

    private static void giveBack(Receiver receiver, Deque<Delivery> left) {
        List<Settlement> back = new ArrayList<>();
        left.forEach(delivery -> back.add(new Settlement.Release(delivery, Duration.ZERO, Settlement.Cause.NOT_TRIED)));
        try {
            receiver.settle(back);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    left.size()
                            + " jobs that nobody waits for any more could not be given back; they come again when their"
                            + " lease is over: " + e.getMessage(),
                    e);
        }
    }

    private List<Delivery> receive(Receiver receiver, int max, Duration patience) {
        try {
            return receiver.receive(max, patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private Receiver asker() {
        lock.lock();
        try {
            checkOpen();
            Receiver now = asker == null ? open() : asker;
            asker = now;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private Receiver waiter() {
        lock.lock();
        try {
            checkOpen();
            Receiver now = waiter == null ? open() : waiter;
            waiter = now;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw BrokerException.lasting("the server is closed", null);
        }
    }

    private Receiver open() {
        return broker.receiver(new Subscription(queues, MOST_IN_FLIGHT, lease, guarantee));
    }

    private void fail(RuntimeException why) {
        LOG.log(System.Logger.Level.WARNING, "cannot receive from " + queues + ": " + why.getMessage(), why);
        claimAll().forEach(taking -> taking.fail(why));
    }

    /** Those who wait are answered with nothing. */
    void dismiss() {
        claimAll().forEach(taking -> taking.give(List.of()));
    }

    private List<Taking> claimAll() {
        List<Taking> all = new ArrayList<>();
        Taking first = firstWaiting();
        while (first != null) {
            all.add(first);
            first = firstWaiting();
        }
        return all;
    }

    @Override
    public void close() {
        Receiver one;
        Receiver other;
        lock.lock();
        try {
            closed = true;
            one = asker;
            other = waiter;
        } finally {
            lock.unlock();
        }
        dismiss();
        close(one);
        close(other);
    }

    private void close(@Nullable Receiver receiver) {
        if (receiver != null) {
            holdings.forgetAll(receiver);
            receiver.close();
        }
    }
}
