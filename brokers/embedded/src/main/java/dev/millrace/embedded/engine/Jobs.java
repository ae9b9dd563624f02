// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * All jobs with everything that finds them: by number, by chosen id, by queue, by time. A job is in exactly one list at
 * a time, by its state: READY and DEAD in one of its queue, WAITING and LEASED in the wheel of due times, STORING in
 * none; an expiry is in a wheel of its own beside that.
 */
final class Jobs {
    final Slots slots = new Slots();
    final Extras extras = new Extras();
    final SlotIndex index = new SlotIndex(slots);
    final ChosenIds chosenIds = new ChosenIds();
    final TimerWheel due;
    final TimerWheel expiry;
    final Bodies bodies;
    final Map<String, Queue> queues = new LinkedHashMap<>();
    private final List<Queue> byNumber = new ArrayList<>();
    private List<Queue> touched = new ArrayList<>();
    long now;

    Jobs(long now, Bodies bodies) {
        this.now = now;
        this.bodies = bodies;
        this.due = new TimerWheel(slots.table, Slots.TIME, Slots.NEXT, now);
        this.expiry = new TimerWheel(extras.table, Extras.EXPIRES_AT, Extras.NEXT, now);
    }

    Queue queue(String name) {
        return queues.computeIfAbsent(name, key -> {
            Queue queue = new Queue(byNumber.size(), key, slots);
            byNumber.add(queue);
            return queue;
        });
    }

    Queue queueOf(int slot) {
        return byNumber.get(slots.queue(slot));
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
        slots.state(slot, Slots.STORING);
        slots.flags(
                slot,
                job.priority(),
                (job.front() ? Slots.FRONT : 0)
                        | (job.chosenId() == null ? 0 : Slots.CHOSEN_ID)
                        | (job.terms().fromQueueing() ? Slots.QUEUE_CLOCK : 0));
        if (job.terms().expiresAt() != 0 || job.terms().lease() != 0) {
            int extra = extraOf(slot);
            extras.expiresAt(extra, job.terms().expiresAt());
            extras.lease(extra, job.terms().lease());
        }
        if (job.chosenId() != null) {
            chosenIds.add(job.chosenId(), slot);
        }
        index.add(slot);
        job.queue().count(Slots.FREE, Slots.STORING);
        return slot;
    }

    private int extraOf(int slot) {
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
        state(slot, Slots.READY);
        slots.time(slot, now);
        queue.addReady(slot, first);
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
    }

    private void timeOver(int slot) {
        boolean leased = slots.state(slot) == Slots.LEASED;
        if (leased && isExpired(slot)) {
            forget(slot);
        } else {
            enter(slot, leased || isFresh(slot));
        }
    }

    /** Whether a job that was to go first has not been with a worker yet. */
    boolean isFresh(int slot) {
        return slots.is(slot, Slots.FRONT) && slots.attempts(slot) == 0;
    }

    /** A dead letter waits for a person, however long that takes. */
    void stopExpiry(int slot) {
        int extra = slots.extra(slot);
        if (extra != Table.NONE) {
            if (extras.timed(extra)) {
                expiry.remove(extra);
                extras.timed(extra, false);
            }
            extras.expiresAt(extra, 0);
        }
    }

    void watchExpiry(int slot) {
        int extra = slots.extra(slot);
        if (extra != Table.NONE && extras.expiresAt(extra) != 0) {
            extras.timed(extra, true);
            expiry.add(extra);
        }
    }

    private void expire(int extra) {
        extras.timed(extra, false);
        int slot = extras.slot(extra);
        byte state = slots.state(slot);
        if (state == Slots.READY || state == Slots.WAITING) {
            leave(slot);
            forget(slot);
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
        slots.body(slot, location, length);
        bodies.retain(location, length);
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
        extras.note(extra, location, length);
        if (length > 0) {
            bodies.retain(location, length);
        }
    }

    /** The end of a job that is in no list any more. */
    void forget(int slot) {
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
            if (extras.timed(extra)) {
                expiry.remove(extra);
            }
            extras.free(extra);
        }
        slots.free(slot);
    }
}
