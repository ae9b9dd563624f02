// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.hosting.Ending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * All jobs with everything that finds them: by number, by chosen id, by queue, by time. A job is in exactly one list at
 * a time, by its state: READY and DEAD in one of its queue, WAITING and LEASED in the wheel of due times, STORING in
 * none; an expiry is in a wheel of its own beside that.
 *
 * Over 300 lines: whoever moves a job must keep all that finds it in step, so all that moves jobs is here.
 */
final class Jobs {
    private static final long SWEEP_EVERY = 60_000;

    final Slots slots = new Slots();
    final Extras extras = new Extras();
    final SlotIndex index = new SlotIndex(slots);
    final ChosenIds chosenIds = new ChosenIds();
    final TimerWheel due;
    final TimerWheel expiry;
    final Bodies bodies;
    final Map<String, Queue> queues = new LinkedHashMap<>();
    private final List<@Nullable Queue> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
    private List<Queue> touched = new ArrayList<>();
    private List<Ended> ended = new ArrayList<>();
    private List<Died> died = new ArrayList<>();
    private long sweepAt;
    long now;

    Jobs(long now, Bodies bodies) {
        this.now = now;
        this.bodies = bodies;
        this.due = new TimerWheel(slots.table, Slots.TIME, Slots.NEXT, now);
        this.expiry = new TimerWheel(extras.table, Extras.EXPIRES_AT, Extras.NEXT, now);
    }

    Queue queue(String name) {
        Queue known = queues.get(name);
        return known == null ? newQueue(name) : known;
    }

    private Queue newQueue(String name) {
        Integer free = freeNumbers.peek();
        Queue queue = new Queue(free == null ? byNumber.size() : free, name, slots);
        if (free == null) {
            byNumber.add(queue);
        } else {
            byNumber.set(freeNumbers.remove(), queue);
        }
        queues.put(name, queue);
        return queue;
    }

    /** The queue with a number, or null if there is none now. */
    @Nullable
    Queue queueAt(int number) {
        return byNumber.get(number);
    }

    /** One more than the highest number of a queue. */
    int queuesEnd() {
        return byNumber.size();
    }

    Queue queueOf(int slot) {
        Queue queue = byNumber.get(slots.queue(slot));
        if (queue == null) {
            throw new IllegalStateException("job number " + slots.sequence(slot) + " is in no queue");
        }
        return queue;
    }

    /** Forgets the names of queues that nobody uses. Nobody may hold a queue that is not waited for meanwhile. */
    private void sweep() {
        Iterator<Queue> all = queues.values().iterator();
        while (all.hasNext()) {
            Queue queue = all.next();
            if (!queue.isKnown(now) && !queue.touched) {
                all.remove();
                byNumber.set(queue.number, null);
                freeNumbers.add(queue.number);
            }
        }
        sweepAt = now + SWEEP_EVERY;
    }

    /** Queues that may have something for a worker since this was asked last; each once. */
    List<Queue> takeTouched() {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<Queue> result = touched;
        touched = new ArrayList<>();
        result.forEach(queue -> queue.touched = false);
        return result;
    }

    void touch(Queue queue) {
        if (!queue.touched) {
            queue.touched = true;
            touched.add(queue);
        }
    }

    /** A new job in state STORING. */
    int place(NewJob job) {
        int slot = slots.allocate();
        slots.sequence(slot, job.sequence());
        slots.queue(slot, job.queue().number);
        slots.time(slot, job.due());
        byte state = job.due() > now ? Slots.STORING_LATER : Slots.STORING;
        slots.state(slot, state);
        if (job.terms().hosted() != null) {
            slots.hosted(slot);
        }
        slots.flags(
                slot,
                job.priority(),
                (job.front() ? Slots.FRONT : 0)
                        | (job.chosenId() == null ? 0 : Slots.CHOSEN_ID)
                        | (job.terms().fromQueueing() ? Slots.QUEUE_CLOCK : 0));
        try {
            index.add(slot);
            job.queue().count(Slots.FREE, state);
            placeTerms(slot, job);
        } catch (RuntimeException | Error e) {
            slots.free(slot);
            throw e;
        }
        return slot;
    }

    private void placeTerms(int slot, NewJob job) {
        try {
            NewJob.Terms terms = job.terms();
            if (terms.expiresAt() != 0 || terms.lease() != 0 || terms.hosted() != null) {
                int extra = extraOf(slot);
                extras.expiresAt(extra, terms.expiresAt());
                extras.lease(extra, terms.lease());
                if (terms.hosted() != null) {
                    extras.most(extra, terms.hosted().most());
                    counts(slot, terms.hosted().counts());
                }
            }
            if (job.chosenId() != null) {
                chosenIds.add(job.chosenId(), slot);
            }
        } catch (RuntimeException | Error e) {
            index.remove(job.sequence());
            job.queue().count(slots.state(slot), Slots.FREE);
            int extra = slots.extra(slot);
            if (extra != Table.NONE) {
                extras.free(extra);
            }
            throw e;
        }
    }

    /** How often the job came again. */
    NewJob.Counts counts(int slot) {
        int extra = slots.extra(slot);
        return extra == Table.NONE
                ? NewJob.Counts.NONE
                : new NewJob.Counts(extras.nacks(extra), extras.requeues(extra), extras.is(extra, Extras.QUEUED));
    }

    void counts(int slot, NewJob.Counts counts) {
        int extra = extraOf(slot);
        extras.nacks(extra, counts.nacks());
        extras.requeues(extra, counts.requeues());
        extras.set(extra, Extras.QUEUED, counts.queued());
    }

    int extraOf(int slot) {
        int extra = slots.extra(slot);
        if (extra == Table.NONE) {
            extra = extras.allocate(slot);
            slots.extra(slot, extra);
        }
        return extra;
    }

    void state(int slot, byte state) {
        queueOf(slot).count(slots.state(slot), state);
        slots.state(slot, state);
    }

    /** Into READY or WAITING, by the time of the slot; it must be in no list. */
    void enter(int slot, boolean first) {
        if (slots.time(slot) > now) {
            state(slot, Slots.WAITING);
            due.add(slot);
            return;
        }
        Queue queue = queueOf(slot);
        boolean hosted = slots.isHosted(slot);
        state(slot, Slots.READY);
        if (!hosted || slots.time(slot) == 0) {
            slots.time(slot, now);
        }
        queue.addReady(slot, hosted ? isFresh(slot) : first, now);
        touch(queue);
    }

    /** Out of the list that it is in. */
    void leave(int slot) {
        switch (slots.state(slot)) {
            case Slots.READY -> queueOf(slot).removeReady(slot);
            case Slots.WAITING, Slots.LEASED -> due.remove(slot);
            case Slots.DEAD -> queueOf(slot).dead.remove(slot);
            default -> {}
        }
    }

    /** Lets time pass. */
    void advance(long to) {
        now = to;
        due.advance(to, this::timeOver);
        expiry.advance(to, this::expire);
        if (now >= sweepAt) {
            sweep();
        }
    }

    private void timeOver(int slot) {
        boolean leased = slots.state(slot) == Slots.LEASED;
        if (slots.isHosted(slot)) {
            hostedTimeOver(slot, leased);
        } else if (leased && isExpired(slot)) {
            forget(slot, Ending.EXPIRED);
        } else {
            enter(slot, leased || isFresh(slot));
        }
    }

    /*
     * The moment at which its time was over can lie back a while, and its own expiry before that. Into a queue that takes
     * nothing it may come one retry time later; but a job without one would never come.
     */
    private void hostedTimeOver(int slot, boolean leased) {
        int extra = slots.extra(slot);
        long retry = extras.lease(extra);
        long at = slots.time(slot);
        if (extras.expiresAt(extra) != 0 && extras.expiresAt(extra) <= at) {
            forget(slot, Ending.EXPIRED);
        } else if (queueOf(slot).pausedIn && retry > 0) {
            slots.time(slot, at + retry * ((now - at) / retry + 1));
            due.add(slot);
        } else if (leased && isSpent(slot)) {
            die(slot, at);
        } else {
            if (leased && extras.is(extra, Extras.QUEUED)) {
                extras.requeues(extra, extras.requeues(extra) + 1);
            }
            extras.set(extra, Extras.QUEUED, true);
            enter(slot, false);
        }
    }

    /** Whether the job was delivered as often as it may be. */
    boolean isSpent(int slot) {
        int extra = slots.extra(slot);
        return extra != Table.NONE && slots.attempts(slot) >= extras.most(extra);
    }

    /** Puts a job aside that is in no list, because it was delivered as often as it may be; that is not in the log yet. */
    void die(int slot, long since) {
        died.add(new Died(slots.sequence(slot), since));
        setAside(slot, since);
    }

    /** Puts a job aside that is in no list. */
    void setAside(int slot, long since) {
        state(slot, Slots.DEAD);
        stopExpiry(slot);
        slots.time(slot, since);
        queueOf(slot).dead.append(slot);
        tell(slot, Ending.DEAD);
    }

    /** Jobs that died and nobody wrote it down. */
    List<Died> died() {
        return died;
    }

    void forgetDied() {
        died = new ArrayList<>();
    }

    /** Ends of jobs that somebody awaits, since this was asked last. */
    List<Ended> takeEnded() {
        if (ended.isEmpty()) {
            return List.of();
        }
        List<Ended> result = ended;
        ended = new ArrayList<>();
        return result;
    }

    private void tell(int slot, Ending how) {
        int extra = slots.extra(slot);
        if (extra != Table.NONE && extras.is(extra, Extras.AWAITED)) {
            extras.set(extra, Extras.AWAITED, false);
            ended.add(new Ended(slots.sequence(slot), how));
        }
    }

    /** Whether a job that was to go first has not been with a worker yet, or was put back before all others. */
    boolean isFresh(int slot) {
        return slots.isFirst(slot);
    }

    /** A dead letter waits for a person, however long that takes. */
    void stopExpiry(int slot) {
        int extra = slots.extra(slot);
        if (extra != Table.NONE) {
            if (extras.is(extra, Extras.TIMED)) {
                expiry.remove(extra);
                extras.set(extra, Extras.TIMED, false);
            }
            extras.expiresAt(extra, 0);
        }
    }

    void watchExpiry(int slot) {
        int extra = slots.extra(slot);
        if (extra != Table.NONE && extras.expiresAt(extra) != 0) {
            extras.set(extra, Extras.TIMED, true);
            expiry.add(extra);
        }
    }

    private void expire(int extra) {
        extras.set(extra, Extras.TIMED, false);
        int slot = extras.slot(extra);
        byte state = slots.state(slot);
        if (state == Slots.READY || state == Slots.WAITING || (state == Slots.LEASED && slots.isHosted(slot))) {
            leave(slot);
            forget(slot, Ending.EXPIRED);
        }
    }

    boolean isExpired(int slot) {
        int extra = slots.extra(slot);
        return extra != Table.NONE && extras.expiresAt(extra) != 0 && extras.expiresAt(extra) <= now;
    }

    void body(int slot, long location, int length) {
        if (slots.length(slot) > 0) {
            bodies.release(slots.location(slot), slots.length(slot));
        }
        slots.body(slot, bodies.retain(location, length), length);
    }

    /** Where the newest headers lie; length 0 is in the body. */
    void note(int slot, long location, int length) {
        if (length == 0 && slots.extra(slot) == Table.NONE) {
            return;
        }
        int extra = extraOf(slot);
        if (extras.noteLength(extra) > 0) {
            bodies.release(extras.note(extra), extras.noteLength(extra));
        }
        extras.note(extra, length > 0 ? bodies.retain(location, length) : 0, length);
    }

    /** The end of a job that is in no list any more. */
    void forget(int slot, Ending how) {
        tell(slot, how);
        state(slot, Slots.FREE);
        index.remove(slots.sequence(slot));
        if (slots.is(slot, Slots.CHOSEN_ID)) {
            chosenIds.remove(slot);
        }
        if (slots.length(slot) > 0) {
            bodies.release(slots.location(slot), slots.length(slot));
        }
        int extra = slots.extra(slot);
        if (extra != Table.NONE) {
            note(slot, 0, 0);
            if (extras.is(extra, Extras.TIMED)) {
                expiry.remove(extra);
            }
            extras.free(extra);
        }
        slots.free(slot);
    }
}
