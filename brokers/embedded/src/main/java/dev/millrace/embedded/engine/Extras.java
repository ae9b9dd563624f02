// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/*
 * What only some jobs have: an expiry, a lease of their own, headers that came later, what belongs to a host. 48 bytes
 * outside the heap, and only for those jobs.
 *
 *   0  slot        int     whose this is
 *   4  noteLength  int     of the record with its newest headers
 *   8  note        long    where that lies in the log; length 0: nowhere
 *  16  expiresAt   long    0: never
 *  24  lease       long    milliseconds; 0: the receiver decides, and of hosted jobs: at most one delivery
 *  32  next        int     the timer bucket it is in
 *  36  previous    int
 *  40  nacks       short   how often a worker handed it back, unsigned, at most 65,535
 *  42  requeues    short   how often it was queued again otherwise, unsigned, at most 65,535
 *  44  most        short   deliveries after which it is put aside, unsigned; 0: any number
 *  46  flags       short   TIMED, QUEUED, AWAITED
 */
final class Extras {
    /** It is in a timer bucket. */
    static final int TIMED = 1;
    /** It was queued before, so that the next time counts. */
    static final int QUEUED = 2;
    /** Somebody wants to know how it ends. */
    static final int AWAITED = 4;

    static final int BYTES = 48;
    static final int EXPIRES_AT = 16;
    static final int NEXT = 32;
    static final int MOST = 0xffff;

    final Table table = new Table(BYTES);

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

    int nacks(int extra) {
        return Short.toUnsignedInt(table.getShort(extra, 40));
    }

    void nacks(int extra, int value) {
        table.putShort(extra, 40, (short) Math.min(value, MOST));
    }

    int requeues(int extra) {
        return Short.toUnsignedInt(table.getShort(extra, 42));
    }

    void requeues(int extra, int value) {
        table.putShort(extra, 42, (short) Math.min(value, MOST));
    }

    /** Deliveries after which it is put aside; {@link Integer#MAX_VALUE} for any number. */
    int most(int extra) {
        int most = Short.toUnsignedInt(table.getShort(extra, 44));
        return most == 0 ? Integer.MAX_VALUE : most;
    }

    void most(int extra, int value) {
        table.putShort(extra, 44, (short) (value > MOST ? 0 : value));
    }

    boolean is(int extra, int flag) {
        return (table.getShort(extra, 46) & flag) != 0;
    }

    void set(int extra, int flag, boolean on) {
        int flags = table.getShort(extra, 46);
        table.putShort(extra, 46, (short) (on ? flags | flag : flags & ~flag));
    }
}
