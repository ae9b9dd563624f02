// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.job.Guarantee;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/*
 * Hands ready jobs to receivers. Whoever leads serves it at the end of each group: first those who came with the group,
 * then those who wait, if one of their queues was touched. What is taken is written to the log before anybody gets it,
 * so that an attempt that kills the process counts; it is not synced, since a lost lease loses nothing. At most once is
 * another matter: there the end of the job is made safe first. Used only by the leader, but for pokeAll.
 */
final class TakeDesk {
    private final Engine engine;
    private final JobLog log;
    private final RecordWriter out = new RecordWriter(1 << 12);
    private final Map<Queue, ArrayDeque<TakeCommand>> waiting = new HashMap<>();
    private final Set<TakeCommand> parked = new LinkedHashSet<>();
    private final List<TakeCommand> fresh = new ArrayList<>();

    TakeDesk(Engine engine, JobLog log) {
        this.engine = engine;
        this.log = log;
    }

    /** A receiver comes. */
    void come(TakeCommand take) {
        fresh.add(take);
    }

    /** Serves those who came, and those who waited for what is there now. */
    void serve() {
        List<TakeCommand> candidates = candidates();
        fresh.clear();
        if (candidates.isEmpty()) {
            return;
        }
        List<TakeCommand> served = new ArrayList<>();
        out.reset(1 << 16);
        boolean durable = false;
        for (TakeCommand take : candidates) {
            List<Held> taken = take.take(engine);
            if (taken.isEmpty()) {
                park(take);
                continue;
            }
            boolean once = take.wanted().guarantee() == Guarantee.AT_MOST_ONCE;
            durable |= once;
            for (Held held : taken) {
                if (once) {
                    Records.removed(out, held.sequence());
                } else {
                    Records.taken(out, held.sequence(), held.attempts());
                }
            }
            served.add(take);
        }
        if (!served.isEmpty()) {
            finish(served, durable);
        }
    }

    private List<TakeCommand> candidates() {
        List<Queue> touched = engine.touched();
        if (touched.isEmpty() || parked.isEmpty()) {
            return List.copyOf(fresh);
        }
        Set<TakeCommand> all = new LinkedHashSet<>();
        for (Queue queue : touched) {
            all.addAll(waiting.getOrDefault(queue, new ArrayDeque<>()));
        }
        all.addAll(fresh);
        return new ArrayList<>(all);
    }

    private void park(TakeCommand take) {
        if (!take.isPatient()) {
            take.finish();
        } else if (parked.add(take)) {
            take.queues()
                    .forEach(queue -> waiting.computeIfAbsent(queue, key -> new ArrayDeque<>())
                            .add(take));
        }
    }

    private void unpark(TakeCommand take) {
        if (parked.remove(take)) {
            for (Queue queue : take.queues()) {
                ArrayDeque<TakeCommand> line = waiting.get(queue);
                if (line != null && line.remove(take) && line.isEmpty()) {
                    waiting.remove(queue);
                }
            }
        }
    }

    private void finish(List<TakeCommand> served, boolean durable) {
        served.forEach(this::unpark);
        try {
            log.write(out.array(), out.size(), durable, true);
        } catch (RuntimeException e) {
            served.reversed().forEach(take -> take.giveBack(engine, e));
            return;
        }
        for (TakeCommand take : served) {
            if (take.wanted().guarantee() == Guarantee.AT_MOST_ONCE) {
                deliverNow(take);
                end(take.taken());
            }
            take.finish();
        }
    }

    private static void deliverNow(TakeCommand take) {
        try {
            take.deliverNow();
        } catch (RuntimeException e) {
            take.fail(e);
        }
    }

    private void end(List<Held> taken) {
        for (Held held : taken) {
            if (engine.claim(held.slot(), held.sequence(), held.token())) {
                engine.remove(held.slot());
            }
        }
    }

    /** The receiver does not wait any more; whatever it was given before stays given. */
    void withdraw(TakeCommand take) {
        unpark(take);
        if (!take.isServed()) {
            take.finish();
        }
    }

    /** Nobody gets anything any more. */
    void dismissAll() {
        parked.forEach(TakeCommand::finish);
        fresh.forEach(TakeCommand::finish);
        parked.clear();
        fresh.clear();
        waiting.clear();
    }

    /** Lets all who wait look at the clock again. */
    void pokeAll() {
        parked.forEach(take -> LockSupport.unpark(take.caller()));
    }
}
