// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.hosting.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Fills an engine from a log, one record after the other, and lets it run at the end. Until then jobs have a state but
 * are in no list. Leases do not outlive the process: what was with a worker is ready again, its attempts counted; but
 * a hosted job that is delivered at most once stays with it.
 */
public final class Recovery {
    private final Engine engine;
    private final Jobs jobs;
    private final Slots slots;

    /** Begins to fill an engine that has no jobs yet. */
    public Recovery(Engine engine) {
        this.engine = engine;
        this.jobs = engine.jobs;
        this.slots = jobs.slots;
    }

    /** The queue of a name. */
    public Queue queue(String name) {
        return engine.queue(name);
    }

    /** A job, or a newer record of one; returns its slot. */
    public int job(NewJob job, long location, int length) {
        forget(job.sequence());
        forgetExpired(job.chosenId());
        int slot = jobs.place(job);
        jobs.body(slot, location, length);
        NewJob.Hosted hosted = job.terms().hosted();
        jobs.state(slot, hosted != null && hosted.active() ? Slots.LEASED : Slots.WAITING);
        if (hosted != null && job.due() == 0) {
            jobs.extras.set(slots.extra(slot), Extras.QUEUED, true);
        }
        return slot;
    }

    /* Nobody writes down that a job expired. But its id was free again, or this job would not have got it. */
    private void forgetExpired(@Nullable String chosenId) {
        int slot = chosenId == null ? Table.NONE : engine.find(chosenId);
        if (slot != Table.NONE) {
            jobs.forget(slot, Ending.EXPIRED);
        }
    }

    /** How the newest record of a job says it stands. */
    public void attempts(int slot, int attempts) {
        slots.attempts(slot, attempts);
    }

    /** The job was in the dead letters since then. */
    public void dead(int slot, long since) {
        slots.time(slot, since);
        jobs.state(slot, Slots.DEAD);
        jobs.stopExpiry(slot);
    }

    /** The slot of a job, or -1 if it ended before what is left of the log. */
    public int find(long sequence) {
        return engine.find(sequence);
    }

    /** A worker got the job. */
    public void taken(int slot, int attempts) {
        slots.attempts(slot, attempts);
        if (slots.isHosted(slot)) {
            if (slots.time(slot) > 0) {
                jobs.extras.set(slots.extra(slot), Extras.QUEUED, true);
            }
            jobs.state(slot, Slots.LEASED);
        }
        slots.time(slot, 0);
    }

    /** The job is with a worker, or was taken out of its queue, and came again so often before. */
    public void active(int slot, int attempts, NewJob.Counts counts) {
        taken(slot, attempts);
        jobs.counts(slot, counts);
    }

    /** The job comes again at its place. */
    public void requeued(int slot, long at, NewJob.Counts counts) {
        jobs.counts(slot, counts);
        slots.time(slot, at);
        jobs.state(slot, Slots.WAITING);
    }

    /** The job came back. */
    public void released(int slot, long at, int attempts) {
        engine.hosted().released(slot, attempts);
        slots.attempts(slot, attempts);
        slots.time(slot, at);
        jobs.state(slot, Slots.WAITING);
    }

    /** The newest headers of a job. */
    public void note(int slot, long location, int length) {
        jobs.note(slot, location, length);
    }

    /** A queue was paused, or let go. */
    public void paused(String queue, boolean in, boolean out) {
        engine.pause(engine.queue(queue), in, out);
    }

    /** The job ended. */
    public void removed(long sequence) {
        forget(sequence);
    }

    private void forget(long sequence) {
        int slot = jobs.index.find(sequence);
        if (slot != Table.NONE) {
            jobs.forget(slot, Ending.DELETED);
        }
    }

    /** The log is read: puts every job into its list, in the order in which they were enqueued. */
    public void finish() {
        int[] all = inOrder();
        List<Integer> dead = new ArrayList<>();
        for (int slot : all) {
            if (slots.state(slot) == Slots.DEAD) {
                dead.add(slot);
            }
        }
        dead.sort(Comparator.comparingLong(slots::time));
        dead.forEach(slot -> jobs.queueOf(slot).dead.append(slot));
        for (int slot : all) {
            if (slots.state(slot) == Slots.DEAD) {
                continue;
            } else if (jobs.isExpired(slot)) {
                jobs.forget(slot, Ending.EXPIRED);
                continue;
            } else if (slots.isHosted(slot)) {
                engine.hosted().recovered(slot);
            } else {
                jobs.enter(slot, jobs.isFresh(slot));
            }
            jobs.watchExpiry(slot);
        }
        engine.touched();
    }

    /** Tells which parts of the log all these jobs need. */
    public void account(Bodies bodies) {
        for (int slot = 0; slot < slots.end(); slot++) {
            if (slots.isUsed(slot)) {
                Held held = engine.look(slot);
                bodies.retain(held.location(), held.length());
                if (held.noteLength() > 0) {
                    bodies.retain(held.note(), held.noteLength());
                }
            }
        }
    }

    private int[] inOrder() {
        int[] order = new int[engine.size()];
        long[] sequences = new long[order.length];
        int count = 0;
        boolean sorted = true;
        for (int slot = 0; slot < slots.end(); slot++) {
            if (slots.isUsed(slot)) {
                order[count] = slot;
                sequences[count] = slots.sequence(slot);
                sorted &= count == 0 || sequences[count - 1] < sequences[count];
                count++;
            }
        }
        if (!sorted) {
            Arrays.sort(sequences);
            Arrays.setAll(order, i -> jobs.index.find(sequences[i]));
        }
        return order;
    }
}
