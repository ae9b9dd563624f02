// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/** A list of jobs through their own links: the ready jobs of one priority, or the dead letters of a queue. */
final class SlotList {
    private final Table table;
    private int first = Table.NONE;
    private int last = Table.NONE;

    SlotList(Slots slots) {
        this.table = slots.table;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    boolean isEmpty() {
        return first == Table.NONE;
    }

    void append(int slot) {
        link(last, slot);
        link(slot, Table.NONE);
    }

    void prepend(int slot) {
        link(slot, first);
        link(Table.NONE, slot);
    }

    void remove(int slot) {
        link(table.getInt(slot, Slots.PREVIOUS), table.getInt(slot, Slots.NEXT));
    }

    private void link(int before, int after) {
        if (before == Table.NONE) {
            first = after;
        } else {
            table.putInt(before, Slots.NEXT, after);
        }
        if (after == Table.NONE) {
            last = before;
        } else {
            table.putInt(after, Slots.PREVIOUS, before);
        }
    }
}
