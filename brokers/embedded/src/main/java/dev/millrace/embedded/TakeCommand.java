// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.job.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Takes jobs for a receiver, now or as soon as there are some: a command that found nothing stays with the TakeDesk
 * until it is served or withdrawn.
 */
final class TakeCommand extends Command implements Taker {
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

    @Override
    public boolean isPatient() {
        return patient;
    }

    @Override
    public boolean endsWhatItTakes() {
        return wanted.guarantee() == Guarantee.AT_MOST_ONCE;
    }

    @Override
    public List<Queue> queues() {
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

    @Override
    public boolean take(Engine engine, boolean waited) {
        long lease = JobRecord.millisUp(wanted.lease());
        for (Queue queue : queues) {
            Held held = null;
            while (taken.size() < max && (held = engine.take(queue, lease)) != null) {
                taken.add(held);
            }
        }
        if (!taken.isEmpty() && endsWhatItTakes()) {
            delivered = receiver.deliver(taken);
        }
        return !taken.isEmpty();
    }

    @Override
    public void giveBack(Engine engine, RuntimeException why) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            engine.hosted().undo(taken.get(i));
        }
        taken.clear();
        dismiss(why);
    }

    @Override
    public void dismiss(@Nullable RuntimeException why) {
        if (why != null && !isServed()) {
            fail(why);
        }
        finish();
    }

    @Override
    public boolean begin() {
        return state.compareAndSet(State.WAITING, State.SERVING);
    }

    @Override
    public void pause() {
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

    /* A caller who still waits for the group is woken with it, and not twice. */
    @Override
    public void finish() {
        state.set(State.SERVED);
        if (isOver()) {
            LockSupport.unpark(caller());
        }
    }

    @Override
    public boolean isServed() {
        return state.get() == State.SERVED;
    }

    @Override
    public boolean isAsleep() {
        return true;
    }

    @Override
    public void poke() {
        LockSupport.unpark(caller());
    }

    @Override
    public List<Held> taken() {
        return taken;
    }

    /** Only after it was served. */
    List<Delivery> deliveries() {
        return delivered == null ? receiver.deliver(taken) : delivered;
    }
}
