// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places in which the handlers of one queue run, as many as its concurrency.
 *
 * <p>How: free places are bits. One thread, the taker, claims them, a whole word with one atomic step, and keeps what it does not
 * need at once in {@code claimed}; any thread gives a place back with one atomic step. Attempts stand in an array, so that whoever
 * watches time limits and leases walks over them without any list being kept.
 */
final class Slots {
    private static final int BITS = Long.SIZE;

    private final int size;
    private final AtomicReferenceArray<@Nullable Attempt> attempts;
    private final AtomicLongArray free;
    private final Bell room = new Bell();
    private final Bell end = new Bell();
    private final long[] claimed;

    Slots(int size) {
        this.size = size;
        this.attempts = new AtomicReferenceArray<>(size);
        this.free = new AtomicLongArray((size + BITS - 1) / BITS);
        this.claimed = new long[free.length()];
        for (int i = 0; i < size; i++) {
            claimed[i / BITS] |= 1L << i;
        }
    }

    /** How many places are free. Only for the taker. */
    int available() {
        int count = 0;
        for (int word = 0; word < claimed.length; word++) {
            if (free.get(word) != 0) {
                claimed[word] |= free.getAndSet(word, 0);
            }
            count += Long.bitCount(claimed[word]);
        }
        return count;
    }

    /** Takes one of the {@link #available} places. Only for the taker. */
    int claim() {
        for (int word = 0; word < claimed.length; word++) {
            if (claimed[word] != 0) {
                int slot = word * BITS + Long.numberOfTrailingZeros(claimed[word]);
                claimed[word] &= claimed[word] - 1;
                return slot;
            }
        }
        throw new IllegalStateException("no place is free");
    }

    /** Puts an attempt into a claimed place. */
    void put(int slot, Attempt attempt) {
        attempts.setRelease(slot, attempt);
    }

    /** Gives a place back. */
    void release(int slot) {
        attempts.setRelease(slot, null);
        free.getAndAdd(slot / BITS, 1L << slot);
        room.ring();
        end.ring();
    }

    /** Takes back a place that was released, unless the taker was quicker. */
    boolean reclaim(int slot) {
        long bit = 1L << slot;
        return (free.getAndAccumulate(slot / BITS, bit, (places, one) -> places & ~one) & bit) != 0;
    }

    /** Where the taker waits for places, or for anything else that lets it go on. */
    Bell room() {
        return room;
    }

    /** Where whoever drains waits for the end of handlers, or of anything else. */
    Bell end() {
        return end;
    }

    /** Everything that is in a place at this moment. */
    void forEach(Consumer<Attempt> action) {
        for (int i = 0; i < size; i++) {
            Attempt attempt = attempts.getAcquire(i);
            if (attempt != null) {
                action.accept(attempt);
            }
        }
    }

    /** How many places are taken. */
    int occupied() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += attempts.getAcquire(i) == null ? 0 : 1;
        }
        return count;
    }
}
