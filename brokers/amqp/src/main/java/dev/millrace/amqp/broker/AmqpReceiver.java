// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Ticks;
import dev.millrace.amqp.link.Uninterrupted;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The server pushes as much as was asked for, and goes on pushing when something is settled, so that a busy worker never waits
 * for it. But a job must not lie here while another worker is idle: a moment after nobody has asked any more, the pushing is
 * stopped, and what nobody wanted goes back.
 */
final class AmqpReceiver implements Receiver {
    /** For how long what nobody has asked for may lie here. */
    private static final long GRACE_NANOS = 5_000_000;

    /** How long a settlement that is on its way may take to make room, before the server is told to push more. */
    private static final long ROOM_NANOS = 2_000_000;

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Site site;
    private final Subscription wanted;
    private final List<String> queues;
    private final Incoming incoming;
    private final Settler settler;
    private final AtomicBoolean restPlanned = new AtomicBoolean();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable Session session;
    private volatile boolean asking;
    private volatile long askedLast;
    private volatile boolean closed;

    AmqpReceiver(Site site, Subscription wanted) {
        this.site = site;
        this.wanted = wanted;
        this.queues = wanted.queues().stream().map(queue -> queue.value()).toList();
        this.incoming = new Incoming(site, this);
        this.settler = new Settler(site);
        session();
    }

    /** The channel at work; another one if the last is gone. */
    private Session session() {
        opening.lock();
        try {
            Session current = session;
            if (current == null || current.stock().isBroken()) {
                if (current != null) {
                    // Its channel may still be open, with consumers to which the server pushes.
                    session = null;
                    current.close();
                    queues.forEach(site.queues()::forget);
                }
                queues.forEach(site::ensure);
                current = new Session(site.receiving().channel(), site.consumerTag(), queues);
                session = current;
                if (closed) {
                    current.close();
                }
            }
            return current;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        Receiver.check(max, patience);
        site.checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (closed) {
            return List.of();
        }
        long until = Ticks.now() + (patience.compareTo(FOREVER) > 0 ? FOREVER : patience).toNanos();
        try {
            return receive(max, patience.isZero(), until);
        } catch (AmqpException e) {
            if (closed) {
                return List.of();
            }
            throw Failures.of(e);
        } finally {
            asking = false;
            askedLast = Ticks.now();
            planRest();
        }
    }

    private List<Delivery> receive(int max, boolean once, long until) throws InterruptedException {
        while (true) {
            Session current = session();
            int room = current.stock().awaitRoom(wanted.maxInFlight(), until);
            if (room == 0) {
                return List.of();
            }
            asking = true;
            List<Message> came = came(current, Math.min(max, room), once, until);
            List<Delivery> deliveries;
            try {
                deliveries = incoming.deliveries(current, came, wanted.guarantee() == Guarantee.AT_MOST_ONCE);
            } catch (RuntimeException e) {
                current.giveBack(came);
                throw e;
            }
            if (!deliveries.isEmpty() || closed || until - Ticks.now() <= 0) {
                return deliveries;
            }
        }
    }

    private List<Message> came(Session current, int want, boolean once, long until) throws InterruptedException {
        List<Message> came = current.stock().take(want);
        if (!came.isEmpty()) {
            return came;
        }
        if (once) {
            current.fetch(want);
            return current.stock().take(want);
        }
        if (!current.stock().flows(want)) {
            if (current.stock().flows()) {
                current.stock().awaitArrival(Math.min(until, Ticks.now() + ROOM_NANOS));
                came = current.stock().take(want);
            }
            if (came.isEmpty() && !closed && !current.stock().flows(want)) {
                current.open(want);
            }
        }
        if (came.isEmpty()) {
            current.stock().awaitArrival(until);
            came = current.stock().take(want);
        }
        return came;
    }

    /** Looks a moment later whether somebody has asked again. */
    private void planRest() {
        Session current = session;
        if (!closed && current != null && current.stock().mayHold() && restPlanned.compareAndSet(false, true)) {
            site.later(GRACE_NANOS, () -> {
                restPlanned.set(false);
                if (isIdle()) {
                    rest();
                } else {
                    planRest();
                }
            });
        }
    }

    private boolean isIdle() {
        return !asking && Ticks.now() - askedLast >= GRACE_NANOS;
    }

    /** Holds nothing that nobody has asked for, unless somebody asks at this moment. */
    void rest() {
        Session current = session;
        if (asking || closed || current == null || current.stock().isBroken()) {
            return;
        }
        try {
            current.rest(() -> asking);
        } catch (AmqpException e) {
            // The channel is gone; whoever asks next is told.
        }
    }

    private AmqpTag tag(Delivery delivery) {
        return Receiver.tag(delivery, AmqpTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(settlement -> tag(settlement.delivery()));
        site.checkOpen();
        return Failures.told(() -> {
            if (isIdle()) {
                stopPushing();
            }
            List<Settled> answers = settler.settle(settlements);
            planRest();
            return answers;
        });
    }

    /** Nobody asks: what is settled must not make room for others that would lie here. */
    private void stopPushing() {
        Session current = session;
        if (current != null && !current.stock().isBroken() && current.stock().flows()) {
            try {
                current.stop();
            } catch (AmqpException e) {
                // The channel is gone, and the settlement finds that out.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        site.closed(this);
        Uninterrupted.get(() -> {
            opening.lock();
            try {
                Session current = session;
                if (current != null) {
                    current.close();
                }
                return true;
            } finally {
                opening.unlock();
            }
        });
    }

    @Override
    public String toString() {
        return "AmqpReceiver[" + site.name() + ", " + queues + "]";
    }
}
