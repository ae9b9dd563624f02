// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Takes jobs for a receiver, now or as soon as there are some: a command that found nothing stays with the TakeDesk
 * until it is served or withdrawn.
 */
final class TakeCommand extends Command {
    private final EmbeddedReceiver receiver;
    private final Subscription wanted;
    private final int max;
    private final int turn;
    private final boolean patient;
    private final List<Held> taken = new ArrayList<>();
    private List<Queue> queues = List.of();
    private @Nullable List<Delivery> delivered;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private enum State {
        WAITING,
        SERVING,
        SERVED,
        ABANDONED
    }

    /**
     * @param receiver for whom
     * @param max how many jobs at most
     * @param turn rotates the queues, so that none is preferred
     * @param patient whether it waits if there are none
     */
    TakeCommand(EmbeddedReceiver receiver, int max, int turn, boolean patient) {
        this.receiver = receiver;
        this.wanted = receiver.subscription();
        this.max = max;
        this.turn = turn;
        this.patient = patient;
    }

    boolean isPatient() {
        return patient;
    }

    Subscription wanted() {
        return wanted;
    }

    List<Queue> queues() {
        return queues;
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        int count = wanted.queues().size();
        queues = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            queues.add(engine.queue(wanted.queues().get((i + turn) % count).value()));
        }
    }

    @Override
    void serve(TakeDesk desk) {
        desk.come(this);
    }

    /** Takes what is there. */
    List<Held> take(Engine engine) {
        long lease = JobRecord.millisUp(wanted.lease());
        for (Queue queue : queues) {
            Held held = null;
            while (taken.size() < max && (held = engine.take(queue, lease)) != null) {
                taken.add(held);
            }
        }
        return taken;
    }

    /** What was taken could not be written: it was not taken. */
    void giveBack(Engine engine, RuntimeException why) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            Held held = taken.get(i);
            if (engine.claim(held.slot(), held.sequence(), held.token())) {
                engine.release(held.slot(), 0, held.attempts() - 1, true);
            }
        }
        taken.clear();
        fail(why);
        finish();
    }

    /** The desk begins to serve it; false if its receiver has left. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.SERVING);
    }

    /** The desk found nothing. */
    void pause() {
        state.compareAndSet(State.SERVING, State.WAITING);
    }

    /** Its receiver leaves without asking the desk; false if it was served before. */
    boolean abandon() {
        while (!state.compareAndSet(State.WAITING, State.ABANDONED)) {
            if (isServed()) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** Nothing changes any more. A caller who still waits for the group is woken with it, and not twice. */
    void finish() {
        state.set(State.SERVED);
        if (isOver()) {
            LockSupport.unpark(caller());
        }
    }

    boolean isServed() {
        return state.get() == State.SERVED;
    }

    List<Held> taken() {
        return taken;
    }

    /** Reads the bodies while they are surely there. */
    void deliverNow() {
        delivered = receiver.deliver(taken);
    }

    /** Only after it was served. */
    List<Delivery> deliveries() {
        return delivered == null ? receiver.deliver(taken) : delivered;
    }
}
