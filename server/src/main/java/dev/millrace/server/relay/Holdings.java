// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Only to settle a delivery through the receiver it came from, which most brokers do faster and all do more exactly than by
 * the id alone. Whatever is missing here is asked for by its id, so nothing is lost if this is: by a restart, or because a
 * lease is long over.
 */
/** What was handed out and is not settled. Thread-safe. */
final class Holdings {
    /** How long after its lease a delivery is kept: clocks differ. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final long BYTES = 500;
    private static final int MOST_AT_ONCE = 1000;

    private final InstantSource clock;
    private final AtomicLong numbers = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<JobId, Held> byId = new HashMap<>();
    private final Map<Long, Held> byNumber = new LinkedHashMap<>();
    private final NavigableSet<Held> byEnd =
            new TreeSet<>(Comparator.comparing(Held::until).thenComparingLong(Held::number));
    private final Map<Receiver, Integer> byReceiver = new HashMap<>();
    private long bytes;

    Holdings(InstantSource clock) {
        this.clock = clock;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** A delivery goes out. One of the same job that went out before is nobody's any more. */
    Held hold(Delivery delivery, Receiver receiver, Duration usual) {
        Instant now = clock.instant();
        Instant until = delivery.leaseUntil().orElse(now.plus(usual));
        Duration lease = Duration.between(now, until);
        boolean odd = lease.isNegative() || lease.isZero();
        Held held = new Held(nextNumber(), delivery, receiver, until, odd ? usual : lease);
        locked(() -> {
            remove(byId.get(delivery.id()));
            return add(held);
        });
        return held;
    }

    private boolean add(Held held) {
        byId.put(held.delivery().id(), held);
        byNumber.put(held.number(), held);
        byEnd.add(held);
        byReceiver.merge(held.receiver(), 1, Integer::sum);
        bytes += BYTES + held.delivery().payload().size();
        return true;
    }

    private boolean remove(@Nullable Held held) {
        if (held == null || !byNumber.remove(held.number(), held)) {
            return false;
        }
        byId.remove(held.delivery().id(), held);
        byEnd.remove(held);
        byReceiver.computeIfPresent(held.receiver(), (receiver, count) -> count == 1 ? null : count - 1);
        bytes -= BYTES + held.delivery().payload().size();
        return true;
    }

    Optional<Held> find(JobId id) {
        return locked(() -> Optional.ofNullable(byId.get(id)));
    }

    Optional<JobId> id(long number) {
        return locked(() -> Optional.ofNullable(byNumber.get(number))
                .map(held -> held.delivery().id()));
    }

    /** It is settled. */
    void forget(Held held) {
        locked(() -> remove(byNumber.get(held.number())));
    }

    /** Its lease goes on. */
    void extend(Held held, Instant until) {
        locked(() -> remove(byNumber.get(held.number())) && add(held.extended(until)));
    }

    /** Those that can be settled by this receiver only are found by their id from now on. */
    void forgetAll(Receiver receiver) {
        locked(() -> List.copyOf(byNumber.values()).stream()
                .filter(held -> held.receiver().equals(receiver))
                .map(this::remove)
                .count());
    }

    /** Whether something can be settled by this receiver. */
    boolean any(Receiver receiver) {
        return locked(() -> byReceiver.containsKey(receiver));
    }

    /** Lets go of those whose lease is long over, and returns them. */
    List<Held> expired() {
        Instant then = clock.instant().minus(GRACE);
        return locked(() -> {
            List<Held> over = new ArrayList<>();
            for (Held held : byEnd) {
                if (held.until().isAfter(then) || over.size() == MOST_AT_ONCE) {
                    break;
                }
                over.add(held);
            }
            over.forEach(this::remove);
            return over;
        });
    }

    List<Held> all() {
        return locked(() -> List.copyOf(byNumber.values()));
    }

    int size() {
        return locked(byNumber::size);
    }

    /** What they take in memory, roughly. */
    long bytes() {
        return locked(() -> bytes);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
