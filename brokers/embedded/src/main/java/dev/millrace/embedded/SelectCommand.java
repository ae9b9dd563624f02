// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.hosting.Ending;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same with jobs in whatever state: ends them, or makes them ready. */
final class SelectCommand extends Command {
    private final Function<Engine, int[]> claim;
    private final @Nullable Ending ending;
    private int[] slots = {};

    private SelectCommand(Function<Engine, int[]> claim, @Nullable Ending ending) {
        this.claim = claim;
        this.ending = ending;
    }

    /**
     * @param claim claims the jobs that are to end, and gives their slots
     * @param ending how they end
     */
    static SelectCommand end(Function<Engine, int[]> claim, Ending ending) {
        return new SelectCommand(claim, ending);
    }

    /** @param claim claims the jobs that are to be ready at once, and gives their slots */
    static SelectCommand ready(Function<Engine, int[]> claim) {
        return new SelectCommand(claim, null);
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        slots = claim.apply(engine);
        for (int slot : slots) {
            Held held = engine.look(slot);
            if (ending != null) {
                Records.removed(out, held.sequence());
            } else {
                Records.released(out, held.sequence(), 0, attempts(held));
            }
        }
    }

    /** Dead letters begin anew. */
    private static int attempts(Held held) {
        return held.isDead() ? 0 : held.attempts();
    }

    @Override
    void commit(Engine engine, long start) {
        for (int slot : slots) {
            if (ending != null) {
                engine.remove(slot, ending);
            } else {
                engine.release(slot, 0, attempts(engine.look(slot)), false);
            }
        }
    }

    @Override
    void abort(Engine engine) {
        for (int slot : slots) {
            engine.unclaim(slot);
        }
        slots = new int[0];
    }

    /** The highest slot, if there are any. */
    int last() {
        return slots[slots.length - 1];
    }

    int count() {
        return slots.length;
    }
}
