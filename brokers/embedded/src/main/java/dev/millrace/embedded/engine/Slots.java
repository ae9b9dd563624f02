// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/*
 * What the engine keeps of every job: 52 bytes outside the heap.
 *
 *   0  sequence   long    the job's number; the order in which jobs were enqueued
 *   8  location   long    where its record lies in the log
 *  16  time       long    waiting: when it is due · leased: when the lease ends · ready: since when · dead: since when
 *  24  length     int     of its record
 *  28  queue      int     number of its queue
 *  32  next       int     the list or timer bucket it is in
 *  36  previous   int
 *  40  token      int     number of its deliveries; tells one lease from the next
 *  44  extra      int     its record in Extras plus one, or 0
 *  48  attempts   short   deliveries that count, unsigned, at most 65,535
 *  50  state      byte    low four bits; AHEAD, HOSTED
 *  51  flags      byte    priority (low four bits), FRONT, CHOSEN_ID, QUEUE_CLOCK, CLAIMED
 */
final class Slots {
    static final byte FREE = 0;
    static final byte STORING = 1;
    /** Being stored, not due yet. */
    static final byte STORING_LATER = 2;

    static final byte WAITING = 3;
    static final byte READY = 4;
    static final byte LEASED = 5;
    static final byte DEAD = 6;

    static final int FRONT = 0x10;
    static final int CHOSEN_ID = 0x20;
    static final int QUEUE_CLOCK = 0x40;
    static final int CLAIMED = 0x80;

    static final int TIME = 16;
    static final int NEXT = 32;
    static final int PREVIOUS = 36;

    private static final int STATE_MASK = 0x0f;
    private static final int AHEAD = 0x40;
    private static final int HOSTED = 0x80;
    private static final int PRIORITY_MASK = 0x0f;
    private static final int MAX_ATTEMPTS = 0xffff;

    static final int BYTES = 52;

    final Table table = new Table(BYTES);

    int allocate() {
        return table.allocate();
    }

    void free(int slot) {
        table.putByte(slot, 50, FREE);
        table.putLong(slot, 8, 0);
        table.free(slot);
    }

    int end() {
        return table.end();
    }

    /** Never 0 for a job: the first four bytes of a free slot link the free list, so look at the state first. */
    long sequence(int slot) {
        return table.getLong(slot, 0);
    }

    void sequence(int slot, long value) {
        table.putLong(slot, 0, value);
    }

    long location(int slot) {
        return table.getLong(slot, 8);
    }

    int length(int slot) {
        return table.getInt(slot, 24);
    }

    void body(int slot, long location, int length) {
        table.putLong(slot, 8, location);
        table.putInt(slot, 24, length);
    }

    long time(int slot) {
        return table.getLong(slot, TIME);
    }

    void time(int slot, long value) {
        table.putLong(slot, TIME, value);
    }

    int queue(int slot) {
        return table.getInt(slot, 28);
    }

    void queue(int slot, int value) {
        table.putInt(slot, 28, value);
    }

    int next(int slot) {
        return table.getInt(slot, NEXT);
    }

    int previous(int slot) {
        return table.getInt(slot, PREVIOUS);
    }

    int token(int slot) {
        return table.getInt(slot, 40);
    }

    void token(int slot, int value) {
        table.putInt(slot, 40, value);
    }

    /** The record in Extras, or {@link Table#NONE}. */
    int extra(int slot) {
        return table.getInt(slot, 44) - 1;
    }

    void extra(int slot, int extra) {
        table.putInt(slot, 44, extra + 1);
    }

    int attempts(int slot) {
        return Short.toUnsignedInt(table.getShort(slot, 48));
    }

    void attempts(int slot, int value) {
        table.putShort(slot, 48, (short) Math.min(value, MAX_ATTEMPTS));
    }

    byte state(int slot) {
        return (byte) (table.getByte(slot, 50) & STATE_MASK);
    }

    void state(int slot, byte value) {
        table.putByte(slot, 50, (byte) ((table.getByte(slot, 50) & ~STATE_MASK) | value));
    }

    /** Whether there is a job, for those who look at every number. */
    boolean isUsed(int slot) {
        return table.reaches(slot) && state(slot) != FREE;
    }

    /** Whether it came through a host: it keeps its place, ends on its expiry, and counts why it comes again. */
    boolean isHosted(int slot) {
        return (table.getByte(slot, 50) & HOSTED) != 0;
    }

    void hosted(int slot) {
        table.putByte(slot, 50, (byte) (table.getByte(slot, 50) | HOSTED));
    }

    /** It goes before those that are ready when it comes again, although workers had it. */
    void ahead(int slot, boolean yes) {
        byte state = table.getByte(slot, 50);
        table.putByte(slot, 50, (byte) (yes ? state | AHEAD : state & ~AHEAD));
    }

    /** Whether it goes before those that are ready, and not at its place. */
    boolean isFirst(int slot) {
        return (table.getByte(slot, 50) & AHEAD) != 0 || (is(slot, FRONT) && attempts(slot) == 0);
    }

    int priority(int slot) {
        return table.getByte(slot, 51) & PRIORITY_MASK;
    }

    void flags(int slot, int priority, int flags) {
        table.putByte(slot, 51, (byte) (priority | flags));
    }

    boolean is(int slot, int flag) {
        return (table.getByte(slot, 51) & flag) != 0;
    }

    void set(int slot, int flag, boolean on) {
        byte flags = table.getByte(slot, 51);
        table.putByte(slot, 51, (byte) (on ? flags | flag : flags & ~flag));
    }
}
