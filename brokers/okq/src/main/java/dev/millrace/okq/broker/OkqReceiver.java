// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.InFlight;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqException;
import dev.millrace.okq.OkqSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/*
 * The subscription belongs to the thread that receives as long as it is in there: whoever closes the receiver meanwhile ends
 * its wait, and leaves it to that thread to give back what it popped.
 */
final class OkqReceiver implements Receiver {
    private final String broker;
    private final Site site;
    private final Subscription wanted;
    private final OkqSubscription events;
    private final InFlight flights;
    private final Settler settler;
    private final Duration lease;
    private volatile boolean closed;

    OkqReceiver(String broker, Site site, Subscription wanted) {
        this.broker = broker;
        this.site = site;
        this.wanted = wanted;
        this.lease = wanted.guarantee() == Guarantee.AT_MOST_ONCE ? Duration.ZERO : wholeSeconds(wanted.lease());
        this.events = site.client()
                .subscribe(wanted.queues().stream().map(Terms::name).toList());
        this.flights = new InFlight(wanted.maxInFlight(), site.clock());
        this.settler = new Settler(broker, site, flights);
    }

    private static Duration wholeSeconds(Duration lease) {
        Duration whole = Duration.ofSeconds(lease.toSeconds());
        return whole.equals(lease) ? whole : whole.plusSeconds(1);
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
        try {
            return receiveUntil(max, patience);
        } catch (OkqException e) {
            if (closed) {
                return List.of();
            }
            throw Failures.of(e);
        } catch (IllegalStateException e) {
            if (closed) {
                return List.of();
            }
            throw BrokerException.lasting("the broker was closed while receiving", e);
        }
    }

    private List<Delivery> receiveUntil(int max, Duration patience) throws InterruptedException {
        Instant until = patience.compareTo(Duration.ofDays(36_500)) > 0
                ? Instant.MAX
                : site.steady().plus(patience);
        if (patience.isZero()) {
            events.promiseAll();
        }
        Duration left = patience;
        while (true) {
            int room = flights.awaitRoom(left.toNanos());
            List<Delivery> deliveries = room > 0 && !closed ? take(Math.min(max, room)) : List.of();
            left = Duration.between(site.steady(), until);
            if (!deliveries.isEmpty() || closed || !left.isPositive()) {
                return deliveries;
            }
            events.await(left);
        }
    }

    private List<Delivery> take(int count) {
        Instant end = site.clock().instant().plus(lease);
        List<OkqEvent> popped = events.pop(count, lease);
        if (closed) {
            popped.forEach(event -> site.client().redo(event.queue(), event.id()));
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>(popped.size());
        for (OkqEvent event : popped) {
            deliveries.add(delivery(event, end));
        }
        return deliveries;
    }

    private Delivery delivery(OkqEvent event, Instant leaseEnd) {
        boolean once = lease.isZero();
        Parcel parcel = Ids.told(event.id(), Parcel.open(event.contents()));
        long number = once ? OkqTag.AT_MOST_ONCE : flights.begin(leaseEnd);
        Delivery.Builder delivery = Delivery.of(
                        Ids.of(event.id(), parcel),
                        new QueueName(event.queue().text()),
                        parcel.payload(),
                        new OkqTag(this, event, parcel, number))
                .headers(parcel.headers())
                .attempt(parcel.attempts() + 1);
        return once ? delivery.build() : delivery.leaseUntil(leaseEnd).build();
    }

    private OkqTag tag(Delivery delivery) {
        return Receiver.tag(delivery, OkqTag.class, tag -> tag.receiver() == this);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(settlement -> tag(settlement.delivery()));
        site.checkOpen();
        return Failures.told(() -> settler.settle(settlements));
    }

    /** Gives an event back as it is; false if the server knows of none. */
    boolean redo(OkqEvent event) {
        return events.redo(event);
    }

    @Override
    public void close() {
        closed = true;
        flights.close();
        events.close();
    }

    @Override
    public String toString() {
        return "OkqReceiver[" + broker + ", " + wanted.queues() + "]";
    }
}
