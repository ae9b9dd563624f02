// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.Arrays;

/*
 * Finds a job by its sequence: open addressing with linear probing, four bytes a place, the sequence itself read from
 * the slot. Taking one out moves those behind it back, so there are no tombstones.
 */
final class SlotIndex {
    private static final int LEAST = 1024;

    private final Slots slots;
    private int[] places = filled(LEAST);
    private int size;

    SlotIndex(Slots slots) {
        this.slots = slots;
    }

    private static int[] filled(int length) {
        int[] empty = new int[length];
        Arrays.fill(empty, Table.NONE);
        return empty;
    }

    /** What it takes in memory: half of a place is free for each one used, roughly. */
    long bytes() {
        return size * 10L;
    }

    int size() {
        return size;
    }

    /** The job's slot, or {@link Table#NONE}. */
    int find(long sequence) {
        return places[placeOf(sequence)];
    }

    /** Adds a slot whose sequence is set and not in yet. */
    void add(int slot) {
        if (size >= places.length / 8 * 5) {
            resize(places.length * 2);
        }
        int place = placeOf(slots.sequence(slot));
        if (places[place] != Table.NONE) {
            throw new IllegalStateException("job number " + slots.sequence(slot) + " is there already");
        }
        places[place] = slot;
        size++;
    }

    private void resize(int length) {
        int[] old = places;
        places = filled(length);
        for (int moved : old) {
            if (moved != Table.NONE) {
                places[placeOf(slots.sequence(moved))] = moved;
            }
        }
    }

    void remove(long sequence) {
        int hole = placeOf(sequence);
        if (places[hole] == Table.NONE) {
            return;
        }
        int mask = places.length - 1;
        for (int at = (hole + 1) & mask; places[at] != Table.NONE; at = (at + 1) & mask) {
            int home = home(slots.sequence(places[at]));
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                places[hole] = places[at];
                hole = at;
            }
        }
        places[hole] = Table.NONE;
        size--;
        if (size < places.length / 16 && places.length > LEAST) {
            resize(places.length / 4);
        }
    }

    private int placeOf(long sequence) {
        int mask = places.length - 1;
        int at = home(sequence);
        while (places[at] != Table.NONE && slots.sequence(places[at]) != sequence) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /* Fibonacci hashing: neighbours are spread evenly, since a run of them would have to be walked at each removal. */
    private int home(long sequence) {
        int bits = Integer.numberOfTrailingZeros(places.length);
        return (int) ((sequence * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - bits));
    }
}
