// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.List;

/*
 * The ready jobs of one priority of a queue. Most come at one of its ends, and are in a list. A job that keeps its place
 * and comes again into the middle goes into a heap beside it, so that the return of a hundred thousand costs no walk
 * through a list of a million; the next job is the lower one of the list's first and the heap's first. A job that was to
 * go first, and no worker had yet, goes before all of them.
 */
final class ReadyLine {
    private final Slots slots;
    private final SlotList list;
    private final SlotHeap heap;
    /** No job of the list has a higher number, so that one with a higher number belongs at its end. */
    private long highest;

    ReadyLine(Slots slots) {
        this.slots = slots;
        this.list = new SlotList(slots);
        this.heap = new SlotHeap(slots);
    }

    boolean isEmpty() {
        return list.isEmpty() && heap.isEmpty();
    }

    /** Adds a job at an end. */
    void add(int slot, boolean first) {
        highest = list.isEmpty() ? slots.sequence(slot) : Math.max(highest, slots.sequence(slot));
        if (first) {
            list.prepend(slot);
        } else {
            list.append(slot);
        }
    }

    /** Adds a job at its place by its number. */
    void addInOrder(int slot) {
        long sequence = slots.sequence(slot);
        if (list.isEmpty() || sequence > highest) {
            highest = sequence;
            list.append(slot);
        } else if (!isFresh(list.first()) && sequence < slots.sequence(list.first())) {
            list.prepend(slot);
        } else {
            heap.add(slot);
        }
    }

    private boolean isFresh(int slot) {
        return slots.isFirst(slot);
    }

    void remove(int slot) {
        if (heap.holds(slot)) {
            heap.remove(slot);
        } else {
            list.remove(slot);
        }
    }

    /** The job that goes first, or {@link Table#NONE}. */
    int first() {
        return firstOf(list.first(), heap.first());
    }

    private int firstOf(int listed, int heaped) {
        if (heaped == Table.NONE) {
            return listed;
        }
        if (listed == Table.NONE) {
            return heaped;
        }
        return isFresh(listed) || slots.sequence(listed) < slots.sequence(heaped) ? listed : heaped;
    }

    /** Adds the next jobs to a list, in their order, until that holds so many. */
    void collect(int max, List<Integer> found) {
        List<Integer> middle = heap.some(max - found.size(), true);
        int at = 0;
        int listed = list.first();
        while (found.size() < max && (listed != Table.NONE || at < middle.size())) {
            int heaped = at < middle.size() ? middle.get(at) : Table.NONE;
            int next = firstOf(listed, heaped);
            found.add(next);
            if (next == heaped) {
                at++;
            } else {
                listed = slots.next(listed);
            }
        }
    }

    /** Adds the last jobs to a list, the last one first, until that holds so many. */
    void collectLast(int max, List<Integer> found) {
        List<Integer> middle = heap.some(max - found.size(), false);
        int at = 0;
        int listed = list.last();
        while (found.size() < max && (listed != Table.NONE || at < middle.size())) {
            int heaped = at < middle.size() ? middle.get(at) : Table.NONE;
            boolean fromHeap = listed == Table.NONE || (heaped != Table.NONE && firstOf(listed, heaped) == listed);
            found.add(fromHeap ? heaped : listed);
            if (fromHeap) {
                at++;
            } else {
                listed = slots.previous(listed);
            }
        }
    }
}
