// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import org.jspecify.annotations.Nullable;

/** What the engine knows of one job at one moment. */
public final class Held {
    private final int slot;
    private final Queue queue;
    private final long sequence;
    private final int token;
    private final int attempts;
    private final byte state;
    private final long time;
    private final long location;
    private final int length;
    private final long note;
    private final int noteLength;
    private final long expiresAt;
    private final boolean hosted;
    private final long lease;
    private final int nacks;
    private final int requeues;
    private final int most;
    private final @Nullable String chosenId;

    Held(Jobs jobs, int slot) {
        Slots slots = jobs.slots;
        int extra = slots.extra(slot);
        this.slot = slot;
        this.queue = jobs.queueOf(slot);
        this.sequence = slots.sequence(slot);
        this.token = slots.token(slot);
        this.attempts = slots.attempts(slot);
        this.state = slots.state(slot);
        this.time = slots.time(slot);
        this.location = slots.location(slot);
        this.length = slots.length(slot);
        this.note = extra == Table.NONE ? 0 : jobs.extras.note(extra);
        this.noteLength = extra == Table.NONE ? 0 : jobs.extras.noteLength(extra);
        this.expiresAt = extra == Table.NONE ? 0 : jobs.extras.expiresAt(extra);
        this.hosted = slots.isHosted(slot);
        this.lease = extra == Table.NONE ? 0 : jobs.extras.lease(extra);
        this.nacks = extra == Table.NONE ? 0 : jobs.extras.nacks(extra);
        this.requeues = extra == Table.NONE ? 0 : jobs.extras.requeues(extra);
        this.most = extra == Table.NONE ? Integer.MAX_VALUE : jobs.extras.most(extra);
        this.chosenId = slots.is(slot, Slots.CHOSEN_ID) ? jobs.chosenIds.idOf(slot) : null;
    }

    /** Its place in the engine. */
    public int slot() {
        return slot;
    }

    /** The id that its producer chose, or null. */
    public @Nullable String chosenId() {
        return chosenId;
    }

    /** When it is forgotten; 0 is never. */
    public long expiresAt() {
        return expiresAt;
    }

    /** Its queue. */
    public Queue queue() {
        return queue;
    }

    /** Its number. */
    public long sequence() {
        return sequence;
    }

    /** Tells this lease from every other of the same job. */
    public int token() {
        return token;
    }

    /** Deliveries that count so far. */
    public int attempts() {
        return attempts;
    }

    /** Whether its delay is not over. */
    public boolean isWaiting() {
        return state == Slots.WAITING;
    }

    /** Whether a worker has it. */
    public boolean isLeased() {
        return state == Slots.LEASED;
    }

    /** Whether it was put aside. */
    public boolean isDead() {
        return state == Slots.DEAD;
    }

    /** Waiting: when it is due; leased: when the lease ends; ready and dead: since when. */
    public long time() {
        return time;
    }

    /** Whether it came through a host. */
    public boolean isHosted() {
        return hosted;
    }

    /** Whether it is delivered at most once. */
    public boolean isOnce() {
        return hosted && lease == 0;
    }

    /** Its own lease in milliseconds; 0 if it has none. */
    public long lease() {
        return lease;
    }

    /** How often a worker handed it back. */
    public int nacks() {
        return nacks;
    }

    /** How often it was queued again otherwise. */
    public int requeues() {
        return requeues;
    }

    /** After how many deliveries it is put aside; {@link Integer#MAX_VALUE} for any number. */
    public int most() {
        return most;
    }

    /** Where its record lies. */
    public long location() {
        return location;
    }

    /** How long its record is. */
    public int length() {
        return length;
    }

    /** Where the record with its newest headers lies, if {@link #noteLength()} is above 0. */
    public long note() {
        return note;
    }

    /** How long that is; 0 if there is none. */
    public int noteLength() {
        return noteLength;
    }
}
