// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;

/*
 * Timers for the records of a table, exact to a millisecond, in constant time: a hierarchical timing wheel (Varghese and
 * Lauck, "Hashed and Hierarchical Timing Wheels", 1987). Level 0 has 64 buckets of 1 ms, level 1 has 64 of 64 ms, and
 * so on; eleven levels hold every long. A record lies on the highest level on which its time and the wheel's differ, and
 * falls to a lower one when its bucket comes round; so buckets of a level are never behind the wheel, and those of a
 * lower level always come first. Buckets are lists through two fields of the records themselves, newest first; the
 * newest has the bucket's own number, negated, as its previous one, so that it can be taken out without a search. One
 * bit per bucket says whether it holds anything.
 */
final class TimerWheel {
    private static final int BITS = 6;
    private static final int BUCKETS = 1 << BITS;
    private static final int LEVELS = 11;
    private static final int FIRST_BUCKET = -2;

    private final Table table;
    private final int timeField;
    private final int nextField;
    private final int previousField;
    private final int[] heads = new int[LEVELS * BUCKETS];
    private final long[] occupied = new long[LEVELS];
    private long now;

    /** Each record's time is the long at {@code timeField}; its links are the two ints from {@code nextField} on. */
    TimerWheel(Table table, int timeField, int nextField, long now) {
        this.table = table;
        this.timeField = timeField;
        this.nextField = nextField;
        this.previousField = nextField + Integer.BYTES;
        this.now = now;
        Arrays.fill(heads, Table.NONE);
    }

    /** Adds a record by the time in its field; a time that has passed fires at the next advance. */
    void add(int record) {
        long time = Math.max(table.getLong(record, timeField), now + 1);
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(time ^ now)) / BITS;
        int bucket = level * BUCKETS + (int) (time >>> (level * BITS) & (BUCKETS - 1));
        int head = heads[bucket];
        table.putInt(record, nextField, head);
        table.putInt(record, previousField, FIRST_BUCKET - bucket);
        if (head != Table.NONE) {
            table.putInt(head, previousField, record);
        }
        heads[bucket] = record;
        occupied[level] |= 1L << (bucket & (BUCKETS - 1));
    }

    /** Takes a record out; it must be in. */
    void remove(int record) {
        int next = table.getInt(record, nextField);
        int previous = table.getInt(record, previousField);
        if (next != Table.NONE) {
            table.putInt(next, previousField, previous);
        }
        if (previous > FIRST_BUCKET) {
            table.putInt(previous, nextField, next);
            return;
        }
        int bucket = FIRST_BUCKET - previous;
        heads[bucket] = next;
        if (next == Table.NONE) {
            occupied[bucket / BUCKETS] &= ~(1L << (bucket & (BUCKETS - 1)));
        }
    }

    /** A moment before which nothing fires; {@link Long#MAX_VALUE} if the wheel is empty. */
    long next() {
        int level = lowestLevel();
        return level == LEVELS ? Long.MAX_VALUE : startOf(level);
    }

    private int lowestLevel() {
        int level = 0;
        while (level < LEVELS && occupied[level] == 0) {
            level++;
        }
        return level;
    }

    private long startOf(int level) {
        int shift = level * BITS;
        long above = shift + BITS >= Long.SIZE ? 0 : now >>> (shift + BITS) << (shift + BITS);
        return above | (long) Long.numberOfTrailingZeros(occupied[level]) << shift;
    }

    /** Moves on to a moment and fires the records whose time has come, in the order of their times. */
    void advance(long to, IntConsumer fire) {
        for (int level = lowestLevel(); level < LEVELS && startOf(level) <= to; level = lowestLevel()) {
            int bucket = level * BUCKETS + Long.numberOfTrailingZeros(occupied[level]);
            now = startOf(level);
            empty(bucket, fire);
        }
        now = Math.max(now, to);
    }

    private void empty(int bucket, IntConsumer fire) {
        int oldest = heads[bucket];
        for (int next = oldest; next != Table.NONE; next = table.getInt(next, nextField)) {
            oldest = next;
        }
        while (oldest > FIRST_BUCKET) {
            int record = oldest;
            oldest = table.getInt(record, previousField);
            remove(record);
            if (table.getLong(record, timeField) <= now) {
                fire.accept(record);
            } else {
                add(record);
            }
        }
    }
}
