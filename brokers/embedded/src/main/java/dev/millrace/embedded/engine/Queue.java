// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * One queue: its ready jobs by priority, its dead letters, how many jobs are in which state, and how it was used. Only
 * the engine changes it. Its name is forgotten when nobody has used it for a while and nothing is in it.
 */
public final class Queue {
    static final int PRIORITIES = 16;

    /** What an object of this kind takes of the heap, roughly. */
    static final int BYTES = 400;

    private static final long FORGOTTEN_AFTER = 300_000;

    final int number;
    final SlotList dead;
    private final QueueName name;
    private final Slots slots;
    private final @Nullable ReadyLine[] ready = new @Nullable ReadyLine[PRIORITIES];
    private final long[] counts = new long[Slots.DEAD + 1];
    private int occupied;
    private int takers;
    private long knownSince = -1;
    private long usedAt;
    private long in;
    private long out;
    boolean pausedIn;
    boolean pausedOut;
    boolean touched;

    Queue(int number, String name, Slots slots) {
        this.number = number;
        this.name = new QueueName(name);
        this.slots = slots;
        this.dead = new SlotList(slots);
    }

    /** Its name. */
    public QueueName name() {
        return name;
    }

    /** How many jobs a worker could get now. */
    public long ready() {
        return counts[Slots.READY];
    }

    /** How many jobs wait for their time. */
    public long waiting() {
        return counts[Slots.WAITING];
    }

    /** How many jobs are with workers. */
    public long leased() {
        return counts[Slots.LEASED];
    }

    /** How many jobs are in the dead letters. */
    public long deadLetters() {
        return counts[Slots.DEAD];
    }

    /** Whether enqueueing is refused. */
    public boolean pausedIn() {
        return pausedIn;
    }

    /** Whether nothing is handed out. */
    public boolean pausedOut() {
        return pausedOut;
    }

    /** Jobs that are to be done, those being stored included. */
    public long unfinished() {
        return counts[Slots.STORING]
                + counts[Slots.STORING_LATER]
                + counts[Slots.WAITING]
                + counts[Slots.READY]
                + counts[Slots.LEASED];
    }

    /** Jobs that a worker could get, those being stored included. */
    long readySoon() {
        return counts[Slots.STORING] + counts[Slots.READY];
    }

    /** Whether it holds no job and nothing of it is paused. */
    public boolean isIdle() {
        return unfinished() == 0 && deadLetters() == 0 && !pausedIn && !pausedOut;
    }

    /** Whether it holds something, is waited for, or was used in the last five minutes. */
    public boolean isKnown(long now) {
        return !isIdle() || takers > 0 || (knownSince >= 0 && now - usedAt < FORGOTTEN_AFTER);
    }

    /** Somebody wants to put jobs in or to take some out, or pauses it: it is known from then on. */
    public void know(long now) {
        if (knownSince < 0 || !isKnown(now)) {
            knownSince = now;
            usedAt = now;
            in = 0;
            out = 0;
        }
    }

    private void use(long now) {
        know(now);
        usedAt = now;
    }

    /** As if nobody had ever used it. */
    public void forget() {
        knownSince = -1;
    }

    /** Since when it is known, in milliseconds since 1970; of a known one only. */
    public long knownSince() {
        return knownSince;
    }

    /** When a job was put in or taken out last. */
    public long usedAt() {
        return usedAt;
    }

    /** How many times a job became ready since it is known. */
    public long in() {
        return in;
    }

    /** How many times a job was taken since it is known. */
    public long out() {
        return out;
    }

    /** How many wait for a job of this queue. */
    public int takers() {
        return takers;
    }

    /** One more waits, or one fewer. */
    public void takers(int more) {
        takers += more;
    }

    /** Moves a job from one state to another, by number only. */
    void count(byte from, byte to) {
        counts[from]--;
        counts[to]++;
    }

    /** The job that goes first, or {@link Table#NONE}. */
    int firstReady() {
        if (occupied == 0) {
            return Table.NONE;
        }
        return line(Integer.SIZE - 1 - Integer.numberOfLeadingZeros(occupied)).first();
    }

    private ReadyLine line(int priority) {
        ReadyLine line = ready[priority];
        if (line == null) {
            line = new ReadyLine(slots);
            ready[priority] = line;
        }
        return line;
    }

    /** The ready jobs, the next one or the last one first. */
    List<Integer> readySlots(int max, boolean nextFirst) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < PRIORITIES && found.size() < max; i++) {
            int priority = nextFirst ? PRIORITIES - 1 - i : i;
            if ((occupied & (1 << priority)) != 0 && nextFirst) {
                line(priority).collect(max, found);
            } else if ((occupied & (1 << priority)) != 0) {
                line(priority).collectLast(max, found);
            }
        }
        return found;
    }

    void addReady(int slot, boolean first, long now) {
        int priority = slots.priority(slot);
        if (slots.isHosted(slot) && !first) {
            line(priority).addInOrder(slot);
        } else {
            line(priority).add(slot, first);
        }
        occupied |= 1 << priority;
        use(now);
        in++;
    }

    void removeReady(int slot) {
        int priority = slots.priority(slot);
        ReadyLine line = line(priority);
        line.remove(slot);
        if (line.isEmpty()) {
            occupied &= ~(1 << priority);
        }
    }

    /** A worker got a job. */
    void took(long now) {
        use(now);
        out++;
    }
}
