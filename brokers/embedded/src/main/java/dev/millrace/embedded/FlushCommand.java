// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.hosting.Ending;
import java.util.ArrayList;
import java.util.List;

/*
 * Ends jobs of all queues, so many that nobody is held up for long. The last part lets all queues go, and those who wait
 * through the host.
 */
final class FlushCommand extends Command {
    private static final int PART = 1 << 18;

    private final Store store;
    private int[] slots = {};
    private final List<Queue> paused = new ArrayList<>();

    FlushCommand(Store store) {
        this.store = store;
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        paused.clear();
        slots = engine.hosted().claimAny(PART);
        for (int slot : slots) {
            Records.removed(out, engine.hosted().sequence(slot));
        }
        if (isLast()) {
            engine.queues().stream()
                    .filter(queue -> queue.pausedIn() || queue.pausedOut())
                    .forEach(paused::add);
            paused.forEach(queue -> Records.paused(out, queue.name().value(), false, false));
        }
    }

    @Override
    void commit(Engine engine, long start) {
        for (int slot : slots) {
            engine.remove(slot, Ending.DELETED);
        }
        if (isLast()) {
            paused.forEach(queue -> engine.pause(queue, false, false));
            engine.hosted().forgetQueues();
        }
    }

    @Override
    void abort(Engine engine) {
        for (int slot : slots) {
            engine.unclaim(slot);
        }
        slots = new int[0];
    }

    @Override
    void serve(TakeDesk desk) {
        if (isLast()) {
            store.waits().dismissTakes(desk);
        }
    }

    /** Whether nothing is left to do. */
    boolean isLast() {
        return slots.length < PART;
    }

    int count() {
        return slots.length;
    }
}
