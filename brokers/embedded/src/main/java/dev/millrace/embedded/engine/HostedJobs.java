// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * What jobs that come through a host do beside the rest, as Disque's jobs do: their time to be acknowledged counts from
 * when they were queued; one without such a time is delivered at most once, and waits with its worker for ever; it is
 * known why they came again; they can be taken out of their queue, and be awaited. Changes are of claimed jobs, as in
 * Engine.
 */
public final class HostedJobs {
    /** How long a worker has a job that says nothing of it, in milliseconds. */
    public static final long DEFAULT_RETRY = 300_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Jobs jobs;
    private final Slots slots;
    private final Extras extras;

    HostedJobs(Jobs jobs) {
        this.jobs = jobs;
        this.slots = jobs.slots;
        this.extras = jobs.extras;
    }

    /** What the tables of all jobs and queues take in memory, bodies and headers not included. */
    public long memoryBytes() {
        return slots.table.size() * (long) Slots.BYTES
                + extras.table.size() * (long) Extras.BYTES
                + jobs.index.bytes()
                + jobs.chosenIds.bytes()
                + jobs.queues.size() * (long) Queue.BYTES;
    }

    /** A job was stored: if it is ready, it was queued for the first time. */
    void stored(int slot) {
        if (slots.state(slot) == Slots.READY) {
            extras.set(slots.extra(slot), Extras.QUEUED, true);
        }
    }

    /** A job comes back by the words of a receiver: it counts as handed back, unless the delivery did not count. */
    void released(int slot, int attempts) {
        if (slots.isHosted(slot)) {
            int extra = slots.extra(slot);
            if (attempts > 0 && attempts >= slots.attempts(slot)) {
                extras.nacks(extra, extras.nacks(extra) + 1);
            }
            extras.set(extra, Extras.QUEUED, true);
        }
    }

    /** A job was read from the log: what was with a worker is queued, if it may be. */
    void recovered(int slot) {
        int extra = slots.extra(slot);
        boolean active = slots.state(slot) == Slots.LEASED;
        if (active && isOnce(slot) && slots.attempts(slot) > 0) {
            slots.time(slot, NEVER);
            jobs.due.add(slot);
        } else if (active && jobs.isSpent(slot)) {
            jobs.die(slot, jobs.now);
        } else {
            if (active && extras.is(extra, Extras.QUEUED)) {
                extras.requeues(extra, extras.requeues(extra) + 1);
            }
            if (slots.time(slot) <= jobs.now) {
                slots.time(slot, 0);
            }
            jobs.enter(slot, false);
            stored(slot);
        }
    }

    /** When a ready job would be queued again if it were taken out now. */
    public long nextTime(int slot) {
        long retry = extras.lease(slots.extra(slot));
        if (retry == 0) {
            return NEVER;
        }
        long from = slots.is(slot, Slots.QUEUE_CLOCK) ? slots.time(slot) : jobs.now;
        return from + retry * ((jobs.now - from) / retry + 1);
    }

    /** Whether a job is delivered at most once. */
    public boolean isOnce(int slot) {
        return slots.isHosted(slot) && extras.lease(slots.extra(slot)) == 0;
    }

    /** Whether a job may be delivered to another worker after those that had it. */
    public boolean mayComeAgain(int slot) {
        return isDead(slot) || !isOnce(slot) || slots.attempts(slot) == 0;
    }

    /** Whether a job is ready. */
    public boolean isQueued(int slot) {
        return slots.state(slot) == Slots.READY;
    }

    /** Whether a job was put aside. */
    public boolean isDead(int slot) {
        return slots.state(slot) == Slots.DEAD;
    }

    /** Whether a job is being stored or changed. */
    public boolean isBusy(int slot) {
        return slots.state(slot) <= Slots.STORING_LATER || slots.is(slot, Slots.CLAIMED);
    }

    /** Whether a job is being changed. */
    public boolean isClaimed(int slot) {
        return slots.is(slot, Slots.CLAIMED);
    }

    /** Whether a job waits or is with a worker, and may be queued. */
    public boolean isQueueable(int slot) {
        byte state = slots.state(slot);
        if (!isOnce(slot)) {
            return state == Slots.WAITING || state == Slots.LEASED;
        }
        return state == Slots.WAITING && !extras.is(slots.extra(slot), Extras.QUEUED);
    }

    /** Whether a worker has a job, or it is kept out of its queue. */
    public boolean isActive(int slot) {
        return slots.state(slot) == Slots.LEASED;
    }

    /** Whether a worker has a job, which may come again. */
    public boolean canBePutBack(int slot) {
        return slots.state(slot) == Slots.LEASED && !isOnce(slot);
    }

    /** Whether a job was delivered as often as it may be, and is put aside instead of queued. */
    public boolean isSpent(int slot) {
        return jobs.isSpent(slot);
    }

    /** The number of the job in a slot. */
    public long sequence(int slot) {
        return slots.sequence(slot);
    }

    /** How often a job came again. */
    public Counts counts(int slot) {
        return jobs.counts(slot);
    }

    /** How often a job will have come again when it is queued once more. The first time is not again. */
    public Counts countsAfter(int slot, boolean nack, boolean later) {
        Counts before = jobs.counts(slot);
        if (nack) {
            return new Counts(before.nacks() + 1, before.requeues(), before.queued());
        }
        return before.queued()
                ? new Counts(before.nacks(), before.requeues() + 1, true)
                : new Counts(before.nacks(), before.requeues(), !later);
    }

    /** Queues a job at its place, at a moment; one that has passed is at once. */
    public void requeue(int slot, long at, Counts counts) {
        jobs.leave(slot);
        slots.set(slot, Slots.CLAIMED, false);
        jobs.counts(slot, counts);
        slots.time(slot, at);
        jobs.enter(slot, false);
    }

    /** Queues a job before all that are ready. */
    public void putBack(int slot, Counts counts) {
        jobs.leave(slot);
        slots.set(slot, Slots.CLAIMED, false);
        jobs.counts(slot, counts);
        slots.time(slot, 0);
        slots.ahead(slot, slots.isHosted(slot));
        jobs.enter(slot, true);
    }

    /** Takes a ready job out of its queue until its next retry time. */
    public void dequeue(int slot) {
        hold(slot, slots.isHosted(slot) ? nextTime(slot) : renewedUntil(slot));
    }

    /**
     * When a job is queued again if its worker may have it for longer now. One that is delivered at most once and was
     * not yet comes at once.
     */
    public long renewedUntil(int slot) {
        int extra = slots.extra(slot);
        long retry = extra == Table.NONE ? 0 : extras.lease(extra);
        if (retry > 0 || !slots.isHosted(slot)) {
            return jobs.now + (retry > 0 ? retry : DEFAULT_RETRY);
        }
        boolean delivered = slots.attempts(slot) > 0;
        return delivered ? NEVER : jobs.now + 1;
    }

    /** Keeps a job out of its queue until a moment. One that waits goes on waiting. */
    public void hold(int slot, long until) {
        boolean waits = slots.state(slot) == Slots.WAITING;
        if (slots.state(slot) == Slots.READY) {
            slots.ahead(slot, false);
        }
        jobs.leave(slot);
        slots.set(slot, Slots.CLAIMED, false);
        jobs.state(slot, waits ? Slots.WAITING : Slots.LEASED);
        slots.time(slot, until);
        jobs.due.add(slot);
    }

    /** Where a job is. */
    public QueueName queueOf(int slot) {
        return jobs.queueOf(slot).name();
    }

    /** A delivery that could not be written down did not happen. */
    public void undo(Held taken) {
        int slot = taken.slot();
        if (slots.state(slot) == Slots.LEASED && slots.sequence(slot) == taken.sequence()) {
            jobs.leave(slot);
            slots.attempts(slot, taken.attempts() - 1);
            slots.time(slot, 0);
            jobs.enter(slot, true);
        }
    }

    /** Somebody wants to know how a job ends. */
    public void await(int slot) {
        extras.set(jobs.extraOf(slot), Extras.AWAITED, true);
    }

    /** Ends of awaited jobs since this was asked last. */
    public List<Ended> takeEnded() {
        return jobs.takeEnded();
    }

    /** Jobs that were put aside, which the log does not say yet. */
    public List<Died> died() {
        return jobs.died();
    }

    /** The log says it now. */
    public void diedWritten() {
        jobs.forgetDied();
    }

    /** One more than the highest slot that may hold a job. */
    public int end() {
        return slots.end();
    }

    /** What is known of the job in a slot below {@link #end()}; null if there is none, or not yet. */
    public @Nullable Held lookAt(int slot) {
        boolean there = slots.isUsed(slot) && slots.state(slot) > Slots.STORING_LATER;
        return there ? new Held(jobs, slot) : null;
    }

    /** One more than the highest number of a queue. */
    public int queuesEnd() {
        return jobs.queuesEnd();
    }

    /** The queue with a number below {@link #queuesEnd()}; null if there is none now. */
    public @Nullable Queue queueAt(int number) {
        return jobs.queueAt(number);
    }

    /** Claims jobs of all queues, whatever their state. */
    public int[] claimAny(int max) {
        List<Integer> found = new ArrayList<>();
        for (int slot = 0; slot < slots.end() && found.size() < max; slot++) {
            if (slots.isUsed(slot) && !isBusy(slot)) {
                slots.set(slot, Slots.CLAIMED, true);
                found.add(slot);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All that is known of the use of queues is forgotten. */
    public void forgetQueues() {
        jobs.queues.values().forEach(Queue::forget);
    }
}
