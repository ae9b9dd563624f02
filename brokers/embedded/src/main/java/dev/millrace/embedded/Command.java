// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.records.RecordWriter;
import org.jspecify.annotations.Nullable;

/*
 * Something a caller wants of the engine. Whoever leads the CommandQueue runs it, together with those of others:
 *
 *   prepare   decides, claims or reserves, and writes the records that must outlive a crash
 *   commit    the records are as safe as the log makes them: makes it true in the engine
 *   abort     the records could not be written: undoes what prepare did
 */
abstract class Command {
    private final Thread caller = Thread.currentThread();
    private volatile boolean over;
    private volatile boolean leads;
    private @Nullable RuntimeException failure;
    private boolean written;

    /** How many bytes of records it is going to write, roughly. */
    int bytes() {
        return 0;
    }

    /** Whether it is to run although the store is closed or broken. */
    boolean endsStore() {
        return false;
    }

    /** Whether it fills the store, and must leave the last room to commands that empty it. */
    boolean fills() {
        return false;
    }

    /**
     * Its group could not be written: whether it can do without what was to be written, and runs again.
     *
     * @param full whether there was no room; then it may still write what makes room
     */
    boolean shed(boolean full, RuntimeException why) {
        return full ? !fills() : !written;
    }

    /** Runs in the order of the group, before anything is written. */
    void prepare(Engine engine, RecordWriter out) {}

    /**
     * Runs in the order of the group, after everything is written.
     *
     * @param start where the first byte of the group's frame lies
     */
    void commit(Engine engine, long start) {}

    /** Runs instead of commit; prepare may come again. */
    void abort(Engine engine) {}

    /** Runs when the changes of the whole group are true, for commands that have to do with waiting receivers. */
    void serve(TakeDesk desk) {}

    /** Runs when receivers are served, for commands that only look. */
    void look(Engine engine) {}

    final void fail(RuntimeException why) {
        failure = why;
    }

    final void failUnlessFailed(Throwable why) {
        if (failure == null) {
            failure = why instanceof RuntimeException known
                    ? known
                    : BrokerException.lasting("the embedded broker failed: " + why, why);
        }
    }

    /** Whether it wrote records the last time it was prepared. */
    final void written(boolean yes) {
        written = yes;
    }

    final boolean hasFailed() {
        return failure != null;
    }

    /** To the caller: throws what it failed with. */
    final void check() {
        if (failure != null) {
            throw failure;
        }
    }

    final void end() {
        over = true;
    }

    final void lead() {
        leads = true;
    }

    /** Whether there is nothing left to wait for in the queue: it was run, or its caller is to lead. */
    final boolean isCalled() {
        return over || leads;
    }

    final boolean isOver() {
        return over;
    }

    final Thread caller() {
        return caller;
    }
}
