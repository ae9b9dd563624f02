// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/*
 * What only some jobs have: an expiry, a lease of their own, headers that came later. 44 bytes outside the heap, and
 * only for those jobs.
 *
 *   0  slot        int     whose this is
 *   4  noteLength  int     of the record with its newest headers
 *   8  note        long    where that lies in the log; length 0: nowhere
 *  16  expiresAt   long    0: never
 *  24  lease       long    milliseconds; 0: the receiver decides
 *  32  next        int     the timer bucket it is in
 *  36  previous    int
 *  40  timed       int     1 while it is in a timer bucket
 */
final class Extras {
    static final int EXPIRES_AT = 16;
    static final int NEXT = 32;
    static final int PREVIOUS = 36;

    final Table table = new Table(44);

    int allocate(int slot) {
        int extra = table.allocate();
        table.putInt(extra, 0, slot);
        return extra;
    }

    void free(int extra) {
        table.free(extra);
    }

    int slot(int extra) {
        return table.getInt(extra, 0);
    }

    long note(int extra) {
        return table.getLong(extra, 8);
    }

    int noteLength(int extra) {
        return table.getInt(extra, 4);
    }

    void note(int extra, long location, int length) {
        table.putLong(extra, 8, location);
        table.putInt(extra, 4, length);
    }

    long expiresAt(int extra) {
        return table.getLong(extra, EXPIRES_AT);
    }

    void expiresAt(int extra, long value) {
        table.putLong(extra, EXPIRES_AT, value);
    }

    long lease(int extra) {
        return table.getLong(extra, 24);
    }

    void lease(int extra, long millis) {
        table.putLong(extra, 24, millis);
    }

    boolean timed(int extra) {
        return table.getInt(extra, 40) != 0;
    }

    void timed(int extra, boolean on) {
        table.putInt(extra, 40, on ? 1 : 0);
    }
}
