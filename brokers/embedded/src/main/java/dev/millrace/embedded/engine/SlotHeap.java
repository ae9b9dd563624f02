// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/*
 * Jobs by their numbers, the lowest first: a binary heap of slots. Each slot keeps its place in the heap where others
 * keep their next one, and a mark where others keep the previous one, so that it can be taken out of the middle. Takes
 * four bytes of heap a job, and none when it is empty.
 */
final class SlotHeap {
    static final int MARK = -2;

    private static final int[] NOTHING = {};

    private final Slots slots;
    private int[] heap = NOTHING;
    private int size;

    SlotHeap(Slots slots) {
        this.slots = slots;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lowest, or {@link Table#NONE}. */
    int first() {
        return size == 0 ? Table.NONE : heap[0];
    }

    boolean holds(int slot) {
        return slots.table.getInt(slot, Slots.PREVIOUS) == MARK;
    }

    void add(int slot) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.max(16, size * 2));
        }
        slots.table.putInt(slot, Slots.PREVIOUS, MARK);
        up(size++, slot);
    }

    void remove(int slot) {
        int at = slots.next(slot);
        int last = heap[--size];
        if (last != slot) {
            if (slots.sequence(last) < slots.sequence(slot)) {
                up(at, last);
            } else {
                down(at, last);
            }
        }
        if (size == 0) {
            heap = NOTHING;
        }
    }

    private void up(int from, int slot) {
        int at = from;
        long sequence = slots.sequence(slot);
        while (at > 0) {
            int above = (at - 1) >>> 1;
            if (slots.sequence(heap[above]) < sequence) {
                break;
            }
            place(at, heap[above]);
            at = above;
        }
        place(at, slot);
    }

    private void down(int from, int slot) {
        int at = from;
        long sequence = slots.sequence(slot);
        for (int below = 2 * at + 1; below < size; below = 2 * at + 1) {
            if (below + 1 < size && slots.sequence(heap[below + 1]) < slots.sequence(heap[below])) {
                below++;
            }
            if (slots.sequence(heap[below]) > sequence) {
                break;
            }
            place(at, heap[below]);
            at = below;
        }
        place(at, slot);
    }

    private void place(int at, int slot) {
        heap[at] = slot;
        slots.table.putInt(slot, Slots.NEXT, at);
    }

    /** So many of the lowest or highest, in that order. Looks at all. */
    List<Integer> some(int max, boolean lowest) {
        if (size == 0 || max == 0) {
            return List.of();
        }
        Comparator<Integer> order = Comparator.comparingLong(slots::sequence);
        Comparator<Integer> wanted = lowest ? order : order.reversed();
        PriorityQueue<Integer> best = new PriorityQueue<>(wanted.reversed());
        for (int i = 0; i < size; i++) {
            best.add(heap[i]);
            if (best.size() > max) {
                best.remove();
            }
        }
        List<Integer> sorted = new ArrayList<>(best);
        sorted.sort(wanted);
        return sorted;
    }
}
