// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.job.QueueName;
import org.jspecify.annotations.Nullable;

/*
 * One queue: its ready jobs by priority, its dead letters, and how many jobs are in which state. Only the engine
 * changes it.
 */
public final class Queue {
    static final int PRIORITIES = 16;

    final int number;
    final SlotList dead;
    private final QueueName name;
    private final Slots slots;
    private final @Nullable SlotList[] ready = new @Nullable SlotList[PRIORITIES];
    private final long[] counts = new long[Slots.DEAD + 1];
    private int occupied;
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
    long unfinished() {
        return counts[Slots.STORING] + counts[Slots.WAITING] + counts[Slots.READY] + counts[Slots.LEASED];
    }

    /** Whether it holds no job and nothing of it is paused. */
    public boolean isIdle() {
        return unfinished() == 0 && deadLetters() == 0 && !pausedIn && !pausedOut;
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
        SlotList list = ready[Integer.SIZE - 1 - Integer.numberOfLeadingZeros(occupied)];
        return list == null ? Table.NONE : list.first();
    }

    /** The ready jobs of a priority, or null if there were never any. */
    @Nullable
    SlotList readyOf(int priority) {
        return ready[priority];
    }

    void addReady(int slot, boolean first) {
        int priority = slots.priority(slot);
        SlotList list = ready[priority];
        if (list == null) {
            list = new SlotList(slots);
            ready[priority] = list;
        }
        if (first) {
            list.prepend(slot);
        } else {
            list.append(slot);
        }
        occupied |= 1 << priority;
    }

    void removeReady(int slot) {
        int priority = slots.priority(slot);
        SlotList list = ready[priority];
        if (list == null) {
            throw new IllegalStateException("queue " + name + " holds no job of priority " + priority);
        }
        list.remove(slot);
        if (list.isEmpty()) {
            occupied &= ~(1 << priority);
        }
    }
}
