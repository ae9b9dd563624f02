// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Ticks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * What came lies in the buffer until it is asked for, is handed out then, and unsettled until the server is told. The lock is held
 * for moments, by the thread on which messages arrive too.
 */
/** What came on one channel and is not settled. Thread-safe. */
final class Stock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Message> buffer = new ArrayDeque<>();
    private final TreeMap<Long, Flow> unsettled = new TreeMap<>();
    private final Set<Long> claimed = new HashSet<>();
    private List<Flow> flows = List.of();
    private int handed;
    private boolean closed;
    private @Nullable AmqpException broken;

    /** How much of one queue is here, and how much may be. */
    static final class Flow {
        private final int most;
        private int held;

        Flow(int most) {
            this.most = most;
        }

        private int room() {
            return most - held;
        }
    }

    /**
     * What may be said to the server together, and what one by one.
     *
     * @param together all up to this one; 0 is none
     * @param singly the others
     */
    record Numbers(long together, Collection<Long> singly) {}

    void came(Message message, Flow flow) {
        lock.lock();
        try {
            unsettled.put(message.number(), flow);
            flow.held++;
            buffer.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come, and nothing can be settled. */
    void broke(AmqpException why) {
        lock.lock();
        try {
            if (broken == null) {
                broken = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isBroken() {
        lock.lock();
        try {
            return broken != null;
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

    private void check() {
        if (broken != null && !closed) {
            throw Causes.told("receiving", broken);
        }
    }

    /** Waits until fewer than so many are handed out; tells how many fewer, or 0. */
    int awaitRoom(int most, long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = until - Ticks.now();
            while (!closed && handed >= most && left > 0) {
                check();
                changed.awaitNanos(left);
                left = until - Ticks.now();
            }
            check();
            return closed ? 0 : Math.max(0, most - handed);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something in the buffer, as long as the server pushes. */
    void awaitArrival(long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = until - Ticks.now();
            while (!closed && buffer.isEmpty() && !flows.isEmpty() && left > 0) {
                check();
                changed.awaitNanos(left);
                left = until - Ticks.now();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out what lies in the buffer. */
    List<Message> take(int most) {
        lock.lock();
        try {
            List<Message> taken = new ArrayList<>(Math.min(most, buffer.size()));
            while (taken.size() < most && !closed && !buffer.isEmpty()) {
                taken.add(buffer.remove());
            }
            handed += taken.size();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The server pushes these, until it is told otherwise. */
    void flow(List<Flow> pushed) {
        lock.lock();
        try {
            flows = List.copyOf(pushed);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server pushes, and would push so many more. */
    boolean flows(int wanted) {
        lock.lock();
        try {
            return !flows.isEmpty()
                    && flows.stream().allMatch(flow -> flow.room() > 0)
                    && flows.stream().anyMatch(flow -> flow.most >= wanted || flow.room() >= wanted);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server pushes, or is held up only by what is handed out. */
    boolean flows() {
        lock.lock();
        try {
            return !flows.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something lies in the buffer, or may come to lie there. */
    boolean mayHold() {
        lock.lock();
        try {
            return !buffer.isEmpty() || flows.stream().anyMatch(flow -> flow.room() > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out of the buffer all that nobody has asked for. */
    List<Message> unwanted() {
        lock.lock();
        try {
            List<Message> back = new ArrayList<>(buffer);
            buffer.clear();
            back.forEach(message -> forget(message.number()));
            return back;
        } finally {
            lock.unlock();
        }
    }

    private void forget(long number) {
        Flow flow = unsettled.remove(number);
        if (flow != null) {
            flow.held--;
        }
    }

    /** Takes a message for settling; false if somebody did. */
    boolean claim(long number) {
        lock.lock();
        try {
            return !closed && unsettled.containsKey(number) && claimed.add(number);
        } finally {
            lock.unlock();
        }
    }

    /** They could not be settled after all. */
    void unclaim(Collection<Long> numbers) {
        lock.lock();
        try {
            claimed.removeAll(numbers);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets messages that were handed out, and tells how to say so to the server in as few words as it takes. */
    Numbers settled(Collection<Long> numbers) {
        NavigableSet<Long> all = new TreeSet<>(numbers);
        long together = 0;
        lock.lock();
        try {
            handed -= all.size();
            claimed.removeAll(all);
            while (!all.isEmpty() && !unsettled.isEmpty() && all.first().equals(unsettled.firstKey())) {
                together = Objects.requireNonNull(all.pollFirst());
                forget(together);
            }
            all.forEach(this::forget);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return new Numbers(together, all);
    }
}
