// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.InFlight;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.disque.DisqueConsumer;
import dev.millrace.disque.DisqueException;
import dev.millrace.disque.DisqueInterruptedException;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.JobState;
import dev.millrace.disque.NoJobException;
import dev.millrace.disque.TooLateException;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/*
 * Disque counts a job's retry time from when it was queued, so a job that waited may come with hardly any time left.
 * Therefore its clock is started anew (WORKING) as soon as it is here: all of a batch in one go. That is refused once half of
 * a job's life is over; then it is delivered with what is left of its lease, and one that comes once with the rest of its life.
 * What was confirmed is delivered even if an answer about another job failed: that one comes again. A GETJOB waits a second at
 * most, then another one follows: so closing is noticed.
 */
final class DisqueReceiver implements Receiver, LeaseExtending {
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final Site site;
    private final Subscription wanted;
    private final InFlight flights;
    private final Settler settler;
    /** One for each queue, which it asks first; each remembers which node most of its jobs come from. */
    private final List<DisqueConsumer> consumers = new ArrayList<>();

    private int turn;
    private volatile boolean closed;

    DisqueReceiver(Site site, Subscription wanted) {
        this.site = site;
        this.wanted = wanted;
        List<DisqueQueue> queues = new ArrayList<>(wanted.queues().stream()
                .map(queue -> DisqueQueue.of(queue.value()))
                .toList());
        for (int i = 0; i < queues.size(); i++) {
            Collections.rotate(queues, 1);
            consumers.add(site.pool().consumer(GetJob.from(queues).withCounters()));
        }
        this.flights = new InFlight(wanted.maxInFlight(), site.clock());
        this.settler = new Settler(site, flights);
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        Receiver.check(max, patience);
        site.checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Instant until = patience.compareTo(Duration.ofDays(36_500)) > 0
                ? Instant.MAX
                : site.steady().plus(patience);
        List<Delivery> deliveries = List.of();
        Duration left = patience;
        do {
            int room = flights.awaitRoom(left.toNanos());
            if (room > 0 && !closed) {
                deliveries = take(Math.min(max, room), left.compareTo(SLICE) < 0 ? left : SLICE);
            }
            left = Duration.between(site.steady(), until);
        } while (deliveries.isEmpty() && !closed && left.isPositive());
        return deliveries;
    }

    private List<Delivery> take(int count, Duration patience) throws InterruptedException {
        try {
            List<DisqueJob> jobs = consumer().take(count, patience);
            if (closed) {
                site.pool().nack(jobs);
                return List.of();
            }
            return jobs.isEmpty() ? List.of() : deliverUndisturbed(jobs);
        } catch (DisqueInterruptedException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        } catch (DisqueException e) {
            throw closed ? BrokerException.passing("closed while receiving", e) : Failures.of(e);
        }
    }

    /** The queues in another order each time: the server visits them from left to right. */
    private DisqueConsumer consumer() {
        turn = (turn + 1) % consumers.size();
        return consumers.get(turn);
    }

    /** Who was interrupted when the jobs were on their way already gets them: nobody else would until their retry time is over. */
    private List<Delivery> deliverUndisturbed(List<DisqueJob> jobs) {
        boolean interrupted = Thread.interrupted();
        try {
            return deliver(jobs);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Delivery> deliver(List<DisqueJob> jobs) {
        List<Delivery> deliveries = new ArrayList<>(jobs.size());
        List<Answered<?>> answers = new ArrayList<>(jobs.size());
        boolean once = wanted.guarantee() == Guarantee.AT_MOST_ONCE;
        for (DisqueJob job : jobs) {
            answers.add(
                    once ? site.ask(job, node -> node.ack(job.id())) : site.ask(job, node -> node.working(job.id())));
        }
        DisqueException failure = null;
        for (int i = 0; i < jobs.size(); i++) {
            try {
                DisqueJob job = jobs.get(i);
                Optional<Instant> end = once ? Optional.empty() : leaseEnd(job, answers.get(i));
                if (once ? answers.get(i).get().equals(1) : end.isPresent()) {
                    deliveries.add(delivery(job, end));
                }
            } catch (DisqueException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null && deliveries.isEmpty()) {
            throw failure;
        }
        return deliveries;
    }

    /** When the lease ends that began now, or goes on; empty if the job is gone. */
    private Optional<Instant> leaseEnd(DisqueJob job, Answered<?> working) {
        if (working.refusedWith(NoJobException.class)) {
            return Optional.empty();
        }
        Instant now = site.clock().instant();
        if (working.refusedWith(TooLateException.class)) {
            return site.node(job)
                    .show(job.id())
                    .filter(known -> known.state() != JobState.ACKED)
                    .map(known -> now.plus(known.nextRequeue().orElse(known.timeToLive())));
        }
        Duration retry = (Duration) working.get();
        return Optional.of(now.plus(retry.isZero() ? Terms.DEFAULT_LIFE : retry));
    }

    private Delivery delivery(DisqueJob job, Optional<Instant> leaseEnd) {
        Parcel parcel = Parcel.open(job.body());
        long number = leaseEnd.map(flights::begin).orElse(DisqueTag.AT_MOST_ONCE);
        DisqueTag tag = new DisqueTag(this, job, parcel, number);
        int before = job.counters()
                .map(counters -> counters.nacks() + counters.additionalDeliveries())
                .orElse(0);
        Delivery.Builder delivery = Delivery.of(
                        site.idOf(job, parcel), new QueueName(job.queue().text()), parcel.payload(), tag)
                .headers(parcel.headers())
                .attempt(parcel.attempts() + before + 1);
        leaseEnd.ifPresent(delivery::leaseUntil);
        return delivery.build();
    }

    private DisqueTag tag(Delivery delivery) {
        return Receiver.tag(delivery, DisqueTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(settlement -> tag(settlement.delivery()));
        site.checkOpen();
        return Failures.told(() -> settler.settle(settlements));
    }

    @Override
    public Optional<Instant> extend(Delivery delivery, Duration lease) {
        LeaseExtending.aboveZero(lease);
        DisqueTag tag = tag(delivery);
        if (!flights.holds(tag.number())) {
            return Optional.empty();
        }
        try {
            Instant end = site.clock().instant().plus(site.pool().working(tag.job()));
            flights.extend(tag.number(), end);
            return Optional.of(end);
        } catch (TooLateException late) {
            return Failures.told(() -> unrenewed(tag.job()));
        } catch (NoJobException gone) {
            return Optional.empty();
        } catch (DisqueException e) {
            throw Failures.of(e);
        }
    }

    /** Until when a job is ours whose clock cannot be started anew: for the rest of its life, if it is never queued again. */
    private Optional<Instant> unrenewed(DisqueJob job) {
        Instant now = site.clock().instant();
        return site.node(job)
                .show(job.id())
                .filter(known ->
                        known.state() != JobState.ACKED && known.nextRequeue().isEmpty())
                .map(known -> now.plus(known.timeToLive()));
    }

    @Override
    public void close() {
        closed = true;
        flights.close();
    }
}
