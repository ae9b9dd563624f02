// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 *   read, claimed ──▶ buffer ──▶ in the hands of a receiver ──▶ acknowledged: forgotten
 *                       ▲                 │ release
 *                       └── due ── waiting ◀┘
 *
 * Each of these is pending in Redis under our name. What is pending under our name and not known here was left by an earlier
 * life of this consumer, or by a read whose reply was lost: Recovery finds it.
 *
 * It belongs to the stream and not to a receiver: when a worker opens another receiver, what the last one read goes on.
 */
/** The entries of one stream that this process has. Thread-safe. */
final class Holdings {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> known = new HashSet<>();
    private final Deque<Buffered> buffer = new ArrayDeque<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.naturalOrder());
    private CompletableFuture<@Nullable Void> bell = new CompletableFuture<>();

    /**
     * An entry that was read and did not fit.
     *
     * @param entry the entry
     * @param readAt when, by the clock of nanoseconds
     */
    record Buffered(Entry entry, long readAt) {}

    /**
     * An entry that comes again.
     *
     * @param id of the entry
     * @param attempt how often it was delivered
     * @param due when, by the clock of nanoseconds
     */
    record Waiting(String id, int attempt, long due) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return Long.signum(due - other.due);
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What rings from now on if something comes back. */
    CompletableFuture<@Nullable Void> listen() {
        return locked(() -> {
            if (bell.isDone()) {
                bell = new CompletableFuture<>();
            }
            return bell;
        });
    }

    /** Wakes whoever waits for something to come back. */
    void ring() {
        locked(() -> bell).complete(null);
    }

    /** Puts what was read into the buffer; what is known is here already, and stays where it is. */
    void read(List<Entry> entries, long now) {
        change(() -> entries.stream()
                .filter(entry -> known.add(entry.id()))
                .forEach(entry -> buffer.add(new Buffered(entry, now))));
    }

    /** Puts back what was taken out of the buffer. */
    void unread(List<Buffered> entries) {
        change(() -> entries.reversed().forEach(buffer::addFirst));
    }

    List<Buffered> pollBuffered(int most) {
        return locked(() -> {
            List<Buffered> some = new ArrayList<>();
            while (some.size() < most && !buffer.isEmpty()) {
                some.add(buffer.remove());
            }
            return some;
        });
    }

    /** Entries are here from now on. */
    void hold(Collection<Entry> entries) {
        change(() -> entries.forEach(entry -> known.add(entry.id())));
    }

    Predicate<Pending> unknown() {
        return each -> locked(() -> !known.contains(each.id()));
    }

    /** An entry comes again later. */
    void await(Waiting entry) {
        change(() -> waiting.add(entry));
        ring();
    }

    List<Waiting> pollDue(int most, long now) {
        return locked(() -> {
            List<Waiting> due = new ArrayList<>();
            for (Waiting next = waiting.peek();
                    next != null && due.size() < most && next.due() - now <= 0;
                    next = waiting.peek()) {
                due.add(waiting.remove());
            }
            return due;
        });
    }

    /** In how many nanoseconds something is due; at most {@code longest}. */
    long dueWithin(long longest, long now) {
        return locked(() -> {
            Waiting next = waiting.peek();
            return next == null ? longest : Math.min(longest, next.due() - now);
        });
    }

    List<Waiting> waiting() {
        return locked(() -> List.copyOf(waiting));
    }

    /** Entries are here no more. */
    void forget(Collection<String> ids) {
        change(() -> {
            known.removeAll(ids);
            waiting.removeIf(each -> ids.contains(each.id()));
        });
    }

    /** The least id of all that is here. */
    @Nullable
    String least() {
        return locked(() -> known.stream().min(EntryIds.ORDER).orElse(null));
    }

    /** Everything in the buffer and everything that waits, which is here no more. */
    List<Keeping> giveUp(long now, long leaseMillis) {
        return locked(() -> {
            List<Keeping> all = new ArrayList<>();
            buffer.forEach(each -> all.add(
                    new Keeping(each.entry().id(), leaseMillis, each.entry().attempt() - 1)));
            waiting.forEach(each -> {
                long left = Math.max(0, each.due() - now) / 1_000_000;
                all.add(new Keeping(each.id(), Math.max(0, leaseMillis - left), Keeping.AS_IT_IS));
            });
            buffer.clear();
            waiting.clear();
            all.forEach(each -> known.remove(each.id()));
            return all;
        });
    }
}
