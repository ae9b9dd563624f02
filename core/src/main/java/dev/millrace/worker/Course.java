// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The course of one attempt, and the guard of its interrupts.
 *
 * <pre>
 *   NEW ── begin ──▶ RUNNING ───────────── end ─────────────▶ OVER
 *    │                  │                                      ▲
 *    └──── cancel ──────┴──▶ INTERRUPTING ──▶ CANCELLED ─ end ─┘
 *                                                 └── abandon ──▶ ABANDONED
 * </pre>
 *
 * Three parties meet here: the handler's thread begins and ends; watchman, renewer or drain cancel; watchman or drain
 * abandon what does not end. Exactly one of {@link #end} and {@link #abandon} answers true, and whoever got that answer says
 * what becomes of the job. Once {@link #end} has returned, no interrupt of ours can hit the thread any more.
 */
abstract class Course {
    private static final int NEW = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPTING = 2;
    private static final int CANCELLED = 3;
    private static final int OVER = 4;
    private static final int ABANDONED = 5;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Course.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    private @Nullable Thread thread;
    private long begun;
    private @Nullable Cancellation why;
    private long cancelledAt;
    private boolean interrupted;

    Course(long received) {
        this.begun = received;
    }

    /** The handler starts, on this thread; false if it is not to. */
    final boolean begin(long now) {
        thread = Thread.currentThread();
        begun = now;
        return STATE.compareAndSet(this, NEW, RUNNING);
    }

    /** The handler has ended, or never started; false if the attempt was abandoned, so that nobody asks what it did. */
    final boolean end() {
        if (!STATE.compareAndSet(this, RUNNING, OVER)) {
            while (state == INTERRUPTING) {
                Thread.onSpinWait();
            }
            if (!STATE.compareAndSet(this, CANCELLED, OVER)) {
                return false;
            }
        }
        Thread.interrupted();
        return true;
    }

    /** Interrupts the handler, or keeps it from starting; false if it is too late or somebody did so before. */
    final boolean cancel(Cancellation reason, long now) {
        boolean running = STATE.compareAndSet(this, RUNNING, INTERRUPTING);
        if (!running && !STATE.compareAndSet(this, NEW, INTERRUPTING)) {
            // It may have begun between the two questions.
            running = STATE.compareAndSet(this, RUNNING, INTERRUPTING);
            if (!running) {
                return false;
            }
        }
        why = reason;
        cancelledAt = now;
        interrupted = running;
        Thread target = thread;
        if (running && target != null) {
            target.interrupt();
        }
        state = CANCELLED;
        return true;
    }

    /** Gives up on a handler that was cancelled and does not end. */
    final boolean abandon() {
        return STATE.compareAndSet(this, CANCELLED, ABANDONED);
    }

    /** Whether it has not begun. */
    final boolean isNew() {
        return state == NEW;
    }

    /** Whether the handler runs, uncancelled. */
    final boolean isRunning() {
        return state == RUNNING;
    }

    /** Whether it was cancelled and has not ended. */
    final boolean isCancelled() {
        return state == CANCELLED;
    }

    /** Why it was cancelled; null if it was not. */
    final @Nullable Cancellation cancellation() {
        int now = state;
        return now == NEW || now == RUNNING ? null : why;
    }

    /** When it began, by {@link Nanos}; before that, when the job was received. */
    final long begun() {
        return begun;
    }

    /** When it was cancelled, by {@link Nanos}; asked only once it {@link #isCancelled}. */
    final long cancelledAt() {
        return cancelledAt;
    }

    /** Whether a handler was running when it was cancelled; asked only once it was. */
    final boolean wasInterrupted() {
        return interrupted;
    }

    /** {@link JobContext#cancelled()}. */
    final boolean wasCancelled() {
        int now = state;
        return now == INTERRUPTING || now == CANCELLED || now == ABANDONED;
    }
}
