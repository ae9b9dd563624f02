// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

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
import dev.millrace.sql.database.Nanos;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/*
 * The lock belongs to the thread that receives. Whoever closes meanwhile rings, and leaves it to that thread to give back what
 * it took. A wait ends when somebody rings, when the next job that was seen is due, or when it is time to look again: soon
 * after something happened, and ever later as long as nothing does.
 */
final class SqlReceiver implements Receiver, LeaseExtending {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Site site;
    private final Subscription wanted;
    private final boolean atMostOnce;
    private final InFlight flights;
    private final Claiming claiming;
    private final Settler settler;
    private final Patience patience;
    private final Bell bell = new Bell();
    private final ReentrantLock receiving = new ReentrantLock();
    private final List<QueueName> queues;
    private volatile boolean closed;

    SqlReceiver(Site site, Subscription wanted) {
        this.site = site;
        this.wanted = wanted;
        this.queues = new ArrayList<>(wanted.queues());
        this.atMostOnce = wanted.guarantee() == Guarantee.AT_MOST_ONCE;
        this.flights = new InFlight(wanted.maxInFlight(), site.times().clock());
        this.claiming = new Claiming(site, atMostOnce ? null : wanted.lease());
        this.settler = new Settler(site);
        this.patience = new Patience(site.times().poll());
    }

    SqlReceiver opened() {
        site.add(this);
        site.bells().add(wanted.queues(), bell);
        return this;
    }

    @Override
    public List<Delivery> receive(int max, Duration longest) throws InterruptedException {
        Receiver.check(max, longest);
        site.checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        receiving.lock();
        try {
            return closed ? List.of() : receiveUntil(max, longest);
        } catch (SQLException e) {
            if (site.isClosed()) {
                return List.of();
            }
            throw Failures.of(e);
        } finally {
            receiving.unlock();
        }
    }

    private List<Delivery> receiveUntil(int max, Duration longest) throws SQLException, InterruptedException {
        long nanos = longest.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : longest.toNanos();
        long begin = site.times().nanos().getAsLong();
        while (true) {
            int room = flights.awaitRoom(left(nanos, begin));
            if (room == 0 || closed) {
                return List.of();
            }
            site.upkeep().nowAndThen();
            Claiming.Taken taken = claiming.take(queues, Math.min(max, room));
            if (!taken.jobs().isEmpty()) {
                patience.found();
                site.lookout().taken();
                return handedOut(taken);
            }
            long left = left(nanos, begin);
            if (left <= 0 || closed) {
                return List.of();
            }
            if (site.lookout().await(bell, Math.min(left, patience.nanosUntil(taken.nextDue(), site.now())))) {
                patience.found();
            }
        }
    }

    private long left(long nanos, long begin) {
        return nanos == Long.MAX_VALUE
                ? nanos
                : Math.max(0, nanos - (site.times().nanos().getAsLong() - begin));
    }

    /** The deliveries; they go back if the receiver was closed meanwhile. The next time, another queue goes first. */
    private List<Delivery> handedOut(Claiming.Taken taken) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>(taken.jobs().size());
        for (Claiming.Job job : taken.jobs()) {
            deliveries.add(delivery(job));
        }
        if (queues.size() > 1) {
            Collections.rotate(queues, -1);
        }
        if (closed && !atMostOnce) {
            settler.settle(deliveries.stream()
                    .map(delivery -> word(new Release(delivery, Duration.ZERO, Cause.NOT_TRIED)))
                    .toList());
            return List.of();
        }
        return deliveries;
    }

    private Delivery delivery(Claiming.Job job) {
        Instant end = Nanos.instant(job.leaseEnd());
        Row.Claimed row = job.row();
        long number = atMostOnce ? SqlTag.AT_MOST_ONCE : flights.begin(end);
        Delivery.Builder delivery = Delivery.of(
                        Ids.id(row.id(), row.jobId()),
                        job.queue(),
                        row.body().payload(),
                        new SqlTag(this, row.id(), row.epoch() + 1, number))
                .headers(row.body().headers())
                .attempt(row.attempts() + 1)
                .enqueuedAt(Nanos.instant(row.times().enqueuedAt()));
        return atMostOnce ? delivery.build() : delivery.leaseUntil(end).build();
    }

    private SqlTag tag(Delivery delivery) {
        return Receiver.tag(delivery, SqlTag.class, tag -> tag.receiver() == this);
    }

    /** A settlement with what its delivery is to the table. */
    private Settler.Word word(Settlement settlement) {
        return new Settler.Word(settlement, tag(settlement.delivery()));
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        List<Settler.Word> words = settlements.stream().map(this::word).toList();
        if (words.isEmpty()) {
            return List.of();
        }
        site.checkOpen();
        List<Settled> answers = Failures.told(() -> settler.settle(words));
        words.forEach(word -> ended(word.tag()));
        return answers;
    }

    /** A delivery takes no more room. */
    void ended(SqlTag tag) {
        flights.end(tag.number());
    }

    Site site() {
        return site;
    }

    @Override
    public Optional<Instant> extend(Delivery delivery, Duration lease) {
        SqlTag tag = tag(delivery);
        LeaseExtending.aboveZero(lease);
        site.checkOpen();
        long now = site.now();
        long end = Nanos.plus(now, lease);
        int changed = Failures.told(() -> site.database().alone(connection -> {
            try (PreparedStatement extending =
                    connection.prepareStatement(site.texts().of("extend"))) {
                extending.setLong(1, end);
                extending.setLong(2, tag.row());
                extending.setLong(3, tag.epoch());
                extending.setLong(4, now);
                return extending.executeUpdate();
            }
        }));
        if (changed == 0) {
            return Optional.empty();
        }
        flights.extend(tag.number(), Nanos.instant(end));
        return Optional.of(Nanos.instant(end));
    }

    @Override
    public void close() {
        closed = true;
        flights.close();
        site.bells().remove(wanted.queues(), bell);
        site.remove(this);
        bell.ring();
    }

    /** Waits until nobody receives any more. */
    void awaitReturn(long nanos) throws InterruptedException {
        if (receiving.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            receiving.unlock();
        }
    }
}
