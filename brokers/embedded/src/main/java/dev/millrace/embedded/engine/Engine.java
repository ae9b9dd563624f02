// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.hosting.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * The life of every job:
 *
 *             delay over            take                 remove
 *  WAITING ──────────────▶ READY ─────────────▶ LEASED ────────▶ gone
 *     ▲                    ▲   ▲                 │ │ │
 *     │ store, due later   │   └── lease ended ──┘ │ │ bury
 *     │         store, due │                       │ └─────────────▶ DEAD ── release ──▶ READY
 *     └────────────────────┴────── release ────────┘
 *
 * What is to outlive a crash must be in the log before it is true here, so a change has two steps: reserve, then store
 * or cancel; claim, then remove, release, bury or unclaim. In between nobody else can touch the job, and time must not
 * pass. Taking is one step: a lease is a promise to nobody. What only jobs that come through a host do is in
 * HostedJobs.
 *
 * Over 300 lines: it is the state machine drawn above, a short method for each arrow and each look.
 */
public final class Engine {
    /** A reservation was refused: a job with the chosen id is here. */
    public static final int DUPLICATE = -2;

    /** A reservation was refused: the queue is full. */
    public static final int FULL = -3;

    /** A reservation was refused: the queue is paused for producers. */
    public static final int PAUSED = -4;

    final Jobs jobs;
    private final Slots slots;
    private final HostedJobs hosted;

    /**
     * An engine without jobs.
     *
     * @param now the present, in milliseconds since 1970; it never goes back
     * @param bodies hears which parts of the log are needed
     */
    public Engine(long now, Bodies bodies) {
        this.jobs = new Jobs(now, bodies);
        this.slots = jobs.slots;
        this.hosted = new HostedJobs(jobs);
    }

    /** What only jobs that come through a host do. */
    public HostedJobs hosted() {
        return hosted;
    }

    /** The present. */
    public long now() {
        return jobs.now;
    }

    /** Lets time pass: delays end, leases end, jobs expire. A moment in the past changes nothing. */
    public void advance(long to) {
        if (to > jobs.now) {
            jobs.advance(to);
        }
    }

    /** A moment before which no time is over. */
    public long nextTime() {
        return Math.min(jobs.due.next(), jobs.expiry.next());
    }

    /** How many jobs there are, in whatever state. */
    public int size() {
        return jobs.index.size();
    }

    /** The queue of a name, made when it is first asked for. */
    public Queue queue(String name) {
        return jobs.queue(name);
    }

    /** The queue of a name, or null if nobody asked for it. */
    public @Nullable Queue findQueue(String name) {
        return jobs.queues.get(name);
    }

    /** All queues, in the order they were first asked for. */
    public Collection<Queue> queues() {
        return Collections.unmodifiableCollection(jobs.queues.values());
    }

    /** Queues in which a job became ready, or which were let go, since this was asked last; each once. */
    public List<Queue> touched() {
        return jobs.takeTouched();
    }

    /** Pauses a queue, or lets it go. */
    public void pause(Queue queue, boolean in, boolean out) {
        queue.pausedIn = in;
        queue.pausedOut = out;
        queue.know(jobs.now);
        jobs.touch(queue);
    }

    /**
     * Makes room for a job; nobody sees it yet.
     *
     * @return its slot, for {@link #store} or {@link #cancel}; or {@link #DUPLICATE}, {@link #FULL} or {@link #PAUSED}
     */
    public int reserve(NewJob job) {
        if (job.queue().pausedIn) {
            return PAUSED;
        }
        if (job.chosenId() != null && jobs.chosenIds.contains(job.chosenId())) {
            return DUPLICATE;
        }
        long held = job.terms().hosted() == null
                ? job.queue().unfinished()
                : job.queue().readySoon();
        if (held >= job.terms().queueLimit()) {
            return FULL;
        }
        return jobs.place(job);
    }

    /** The reserved job is in the log: from now on it is there. */
    public void store(int slot, long location, int length) {
        jobs.body(slot, location, length);
        jobs.watchExpiry(slot);
        jobs.enter(slot, jobs.isFresh(slot));
        if (slots.isHosted(slot)) {
            hosted.stored(slot);
        }
    }

    /** The reserved job could not be written: it was never there. */
    public void cancel(int slot) {
        jobs.forget(slot, Ending.DELETED);
    }

    /** Takes the first ready job of a queue under a lease of so many milliseconds; null if there is none. */
    public @Nullable Held take(Queue queue, long lease) {
        int slot = nextReady(queue);
        return slot == Table.NONE
                ? null
                : take(queue, slot, slots.isHosted(slot) ? hosted.nextTime(slot) : leaseEnd(slot, lease));
    }

    /** Takes the same job, whatever it says itself of its lease; one that was to go first does so when it comes again. */
    public @Nullable Held takeFor(Queue queue, long lease) {
        int slot = nextReady(queue);
        if (slot == Table.NONE) {
            return null;
        }
        Held taken = take(queue, slot, hosted.isOnce(slot) ? Long.MAX_VALUE : jobs.now + lease);
        slots.ahead(slot, slots.is(slot, Slots.FRONT));
        return taken;
    }

    private static int nextReady(Queue queue) {
        return queue.pausedOut ? Table.NONE : queue.firstReady();
    }

    private Held take(Queue queue, int slot, long until) {
        jobs.leave(slot);
        jobs.state(slot, Slots.LEASED);
        slots.ahead(slot, false);
        slots.token(slot, slots.token(slot) + 1);
        slots.attempts(slot, slots.attempts(slot) + 1);
        slots.time(slot, until);
        jobs.due.add(slot);
        queue.took(jobs.now);
        return look(slot);
    }

    /** Whether {@link #take} would find a job. */
    public boolean hasFor(Queue queue) {
        return !queue.pausedOut && queue.firstReady() != Table.NONE;
    }

    private long leaseEnd(int slot, long wanted) {
        long own = ownLease(slot);
        if (own == 0) {
            return jobs.now + wanted;
        }
        long queued = slots.is(slot, Slots.QUEUE_CLOCK) ? slots.time(slot) : jobs.now;
        return queued + own * ((jobs.now - queued) / own + 1);
    }

    private long ownLease(int slot) {
        int extra = slots.extra(slot);
        return extra == Table.NONE ? 0 : jobs.extras.lease(extra);
    }

    /**
     * Renews a lease, by the job's own length if it has one.
     *
     * @return its new end, or -1 if it has ended
     */
    public long extend(int slot, long sequence, int token, long lease) {
        if (!isHeld(slot, sequence, token)) {
            return -1;
        }
        long own = ownLease(slot);
        long end = slots.isHosted(slot) && own == 0 ? slots.time(slot) : jobs.now + (own == 0 ? lease : own);
        jobs.due.remove(slot);
        slots.time(slot, end);
        jobs.due.add(slot);
        return end;
    }

    private boolean isHeld(int slot, long sequence, int token) {
        return slots.state(slot) == Slots.LEASED
                && slots.sequence(slot) == sequence
                && slots.token(slot) == token
                && !slots.is(slot, Slots.CLAIMED);
    }

    /** Begins to settle a delivery; false if its lease has ended or somebody settled it. */
    public boolean claim(int slot, long sequence, int token) {
        return isHeld(slot, sequence, token) && claim(slot);
    }

    /** Begins to change a job in whatever state; false if it is being changed already. */
    public boolean claim(int slot) {
        boolean free = slots.state(slot) > Slots.STORING_LATER && !slots.is(slot, Slots.CLAIMED);
        if (free) {
            slots.set(slot, Slots.CLAIMED, true);
        }
        return free;
    }

    /** The change could not be written: all is as it was. */
    public void unclaim(int slot) {
        slots.set(slot, Slots.CLAIMED, false);
    }

    /** Ends a claimed job that is done. */
    public void remove(int slot) {
        remove(slot, Ending.ACKED);
    }

    /** Ends a claimed job. */
    public void remove(int slot, Ending how) {
        jobs.leave(slot);
        jobs.forget(slot, how);
    }

    /**
     * Lets a claimed job come again.
     *
     * @param slot which
     * @param at when; a moment that has passed is at once
     * @param attempts how many deliveries count so far
     * @param first whether it goes before those that are ready
     */
    public void release(int slot, long at, int attempts, boolean first) {
        jobs.leave(slot);
        unclaim(slot);
        hosted.released(slot, attempts);
        slots.attempts(slot, attempts);
        slots.time(slot, at);
        if (jobs.isExpired(slot)) {
            jobs.forget(slot, Ending.EXPIRED);
        } else {
            jobs.enter(slot, first);
        }
    }

    /** Puts a claimed job aside; it does not expire any more. */
    public void bury(int slot) {
        jobs.leave(slot);
        unclaim(slot);
        jobs.setAside(slot, jobs.now);
    }

    /** Makes sure that {@link #note} needs no more memory. */
    public void reserveNote(int slot) {
        jobs.extraOf(slot);
    }

    /** The newest headers of a job lie in a record of their own; length 0 if they do not. */
    public void note(int slot, long location, int length) {
        jobs.note(slot, location, length);
    }

    /** The job was written anew, with its newest headers. */
    public void move(int slot, long location, int length) {
        jobs.body(slot, location, length);
        jobs.note(slot, 0, 0);
    }

    /** The slot of the job with this number, or -1. */
    public int find(long sequence) {
        return jobs.index.find(sequence);
    }

    /** The slot of the job with this chosen id, or -1. */
    public int find(String chosenId) {
        return jobs.chosenIds.find(chosenId);
    }

    /** What is known of the job in a slot that {@link #find} or another method gave. */
    public Held look(int slot) {
        return new Held(jobs, slot);
    }

    /** The ready jobs of a queue, the next one first. */
    public List<Held> ready(Queue queue, int max) {
        return ready(queue, max, true);
    }

    /** The ready jobs of a queue, the next one or the last one first. */
    public List<Held> ready(Queue queue, int max, boolean nextFirst) {
        return readyOneByOne(queue, max, nextFirst).toList();
    }

    /** The same, each of them only when it is asked for. */
    public Stream<Held> readyOneByOne(Queue queue, int max, boolean nextFirst) {
        return queue.readySlots(max, nextFirst).stream().map(this::look);
    }

    /** The dead letters of a queue, the oldest first. */
    public List<Held> dead(Queue queue, int max) {
        return dead(queue, 0, max);
    }

    /** Dead letters of a queue, the oldest first, behind so many others. */
    public List<Held> dead(Queue queue, int from, int max) {
        List<Held> result = new ArrayList<>();
        int at = 0;
        for (int slot = queue.dead.first(); slot != Table.NONE && result.size() < max; slot = slots.next(slot)) {
            if (at++ >= from) {
                result.add(look(slot));
            }
        }
        return result;
    }

    /** Claims ready and waiting jobs of a queue, from a slot on. Looks at every job from there. */
    public int[] claimUnfinished(Queue queue, int from, int max) {
        int[] found = new int[0];
        int count = 0;
        for (int slot = from; slot < slots.end() && count < max; slot++) {
            byte state = slots.isUsed(slot) ? slots.state(slot) : Slots.FREE;
            boolean wanted = state == Slots.READY || state == Slots.WAITING;
            if (wanted && slots.queue(slot) == queue.number && claim(slot)) {
                found = withRoom(found, count);
                found[count++] = slot;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Claims jobs of a queue that were not put aside. */
    public int[] claimAlive(Queue queue, int max) {
        int[] found = new int[0];
        int count = 0;
        for (int slot = 0; slot < slots.end() && count < max; slot++) {
            boolean wanted = slots.isUsed(slot) && slots.queue(slot) == queue.number;
            if (wanted && slots.state(slot) != Slots.DEAD && claim(slot)) {
                found = withRoom(found, count);
                found[count++] = slot;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Claims dead letters of a queue, the oldest first. */
    public int[] claimDead(Queue queue, int max) {
        int[] found = new int[0];
        int count = 0;
        for (int slot = queue.dead.first(); slot != Table.NONE && count < max; slot = slots.next(slot)) {
            if (claim(slot)) {
                found = withRoom(found, count);
                found[count++] = slot;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] withRoom(int[] found, int count) {
        return count < found.length ? found : Arrays.copyOf(found, Math.max(16, count * 2));
    }
}
