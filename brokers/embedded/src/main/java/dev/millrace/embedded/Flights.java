// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Delivery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a receiver holds: received, not settled, and the lease not ended. Thread-safe. */
final class Flights {
    private final int max;
    private final StoreClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Flight> flights = new HashMap<>();
    private boolean closed;

    private record Flight(int token, long leaseEnd) {}

    Flights(int max, StoreClock clock) {
        this.max = max;
        this.clock = clock;
    }

    /** How many more there may be; waits for one at the most until a moment of the monotonic clock, then 0. */
    int awaitRoom(long untilNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && flights.size() >= max) {
                long ended = clock.millis();
                flights.values().removeIf(flight -> flight.leaseEnd <= ended);
                long left = Math.min(untilNanos - StoreClock.nanos(), untilNextEnd(ended));
                if (flights.size() >= max && (left <= 0 || untilNanos - StoreClock.nanos() <= 0)) {
                    return 0;
                }
                if (flights.size() >= max) {
                    changed.awaitNanos(left);
                }
            }
            return closed ? 0 : max - flights.size();
        } finally {
            lock.unlock();
        }
    }

    private long untilNextEnd(long now) {
        long first = flights.values().stream().mapToLong(Flight::leaseEnd).min().orElse(Long.MAX_VALUE);
        return Math.max(1, first - now) * 1_000_000;
    }

    void add(List<Delivery> deliveries) {
        lock.lock();
        try {
            for (Delivery delivery : deliveries) {
                EmbeddedTag tag = (EmbeddedTag) delivery.tag();
                if (tag.token() != EmbeddedTag.AT_MOST_ONCE) {
                    put(tag, delivery.leaseUntil().orElse(Instant.EPOCH));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void put(EmbeddedTag tag, Instant leaseEnd) {
        flights.put(tag.sequence(), new Flight(tag.token(), leaseEnd.toEpochMilli()));
    }

    void extend(EmbeddedTag tag, Instant leaseEnd) {
        lock.lock();
        try {
            flights.computeIfPresent(
                    tag.sequence(),
                    (sequence, flight) ->
                            flight.token == tag.token() ? new Flight(tag.token(), leaseEnd.toEpochMilli()) : flight);
        } finally {
            lock.unlock();
        }
    }

    void remove(List<EmbeddedTag> tags) {
        lock.lock();
        try {
            for (EmbeddedTag tag : tags) {
                flights.computeIfPresent(
                        tag.sequence(), (sequence, flight) -> flight.token == tag.token() ? null : flight);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
