// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Pause;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.hosting.Ending;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * What a turn was prepared to do with jobs, one step after the other, until its records are written: arrays instead of
 * an object for each step. Used by one thread at a time, and again.
 */
final class Steps {
    private Kind[] kinds = new Kind[64];
    private int[] slots = new int[64];
    private long[] numbers = new long[64];
    private int[] lengths = new int[64];
    private @Nullable Object[] details = new @Nullable Object[64];
    private int count;

    /** What is done when the records are written. */
    enum Kind {
        /** Stores the job that was reserved; number: where its record begins in the frame. */
        ADD,
        /** Ends a job that was acknowledged. */
        ACK,
        /** Ends a job that nobody wants. */
        DELETE,
        /** Queues a job; number: when; detail: its {@link Counts}. */
        REQUEUE,
        /** Queues a job before all others; detail: its {@link Counts}. */
        PUT_BACK,
        /** Queues a job as if nobody had got it the last time; number: its attempts. */
        UNDELIVER,
        /** Gives a job other headers; number: where the record with them begins. Another step about the job follows. */
        NOTE,
        /** Queues a job that was put aside. */
        REVIVE,
        /** Takes a job out of its queue. */
        DEQUEUE,
        /** Keeps a job out of its queue; number: until when. */
        HOLD,
        /** Puts a job aside; number: where the record with its headers begins, if it has a length. */
        BURY,
        /** Pauses a queue; detail: its name and what. */
        PAUSE
    }

    /** What a step of kind PAUSE does. */
    record Pausing(String queue, Pause pause) {}

    int count() {
        return count;
    }

    void add(Kind kind, int slot, long number, int length, @Nullable Object detail) {
        if (count == slots.length) {
            int more = count * 2;
            kinds = Arrays.copyOf(kinds, more);
            slots = Arrays.copyOf(slots, more);
            numbers = Arrays.copyOf(numbers, more);
            lengths = Arrays.copyOf(lengths, more);
            details = Arrays.copyOf(details, more);
        }
        kinds[count] = kind;
        slots[count] = slot;
        numbers[count] = number;
        lengths[count] = length;
        details[count++] = detail;
    }

    /** How long the record of the last step is. */
    void length(int length) {
        lengths[count - 1] = length;
    }

    /** Whether a step from one on is about this slot. */
    boolean has(int slot, int from) {
        for (int i = from; i < count; i++) {
            if (slots[i] == slot) {
                return true;
            }
        }
        return false;
    }

    /** Makes it true. */
    void commit(Engine engine, long start) {
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            switch (kinds[i]) {
                case ADD -> engine.store(slot, start + numbers[i], lengths[i]);
                case ACK -> engine.remove(slot, Ending.ACKED);
                case DELETE -> engine.remove(slot, Ending.DELETED);
                case REQUEUE -> engine.hosted().requeue(slot, numbers[i], (Counts) Objects.requireNonNull(details[i]));
                case PUT_BACK -> engine.hosted().putBack(slot, (Counts) Objects.requireNonNull(details[i]));
                case UNDELIVER -> engine.release(slot, 0, (int) numbers[i], true);
                case NOTE -> engine.note(slot, start + numbers[i], lengths[i]);
                case REVIVE -> engine.release(slot, 0, 0, false);
                case DEQUEUE -> engine.hosted().dequeue(slot);
                case HOLD -> engine.hosted().hold(slot, numbers[i]);
                case BURY -> bury(engine, slot, start + numbers[i], lengths[i]);
                case PAUSE -> pause(engine, (Pausing) Objects.requireNonNull(details[i]));
            }
        }
        clear();
    }

    private static void bury(Engine engine, int slot, long location, int length) {
        if (length > 0) {
            engine.note(slot, location, length);
        }
        engine.bury(slot);
    }

    private static void pause(Engine engine, Pausing step) {
        Pause pause = step.pause;
        boolean in = pause == Pause.IN || pause == Pause.BOTH;
        engine.pause(engine.queue(step.queue), in, pause == Pause.OUT || pause == Pause.BOTH);
    }

    /** Undoes all from a step on: it was never to be. */
    void abort(Engine engine, int from) {
        while (count > from) {
            count--;
            details[count] = null;
            switch (kinds[count]) {
                case ADD -> engine.cancel(slots[count]);
                case PAUSE, NOTE -> {}
                default -> engine.unclaim(slots[count]);
            }
        }
    }

    void clear() {
        Arrays.fill(details, 0, count, null);
        count = 0;
    }
}
