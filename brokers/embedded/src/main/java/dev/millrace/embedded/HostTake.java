// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.HostedJobs;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Takes jobs for a host, one of each queue in turn, now or as soon as there is one. Its bodies are read at once, by
 * whoever leads: nobody waits for them elsewhere. If they cannot be read, or there is no memory for them, nothing was taken.
 */
final class HostTake extends HostWait {
    private final Call.Take call;
    private final List<Held> taken = new ArrayList<>(1);
    private final List<HostedJob> jobs = new ArrayList<>(1);
    private List<Held> damaged = List.of();

    HostTake(Store store, Call.Take call, Engine engine) {
        super(store, call, call.queues(), call.patient(), engine);
        this.call = call;
    }

    @Override
    public boolean endsWhatItTakes() {
        return call.leaseMillis() == 0;
    }

    @Override
    public boolean take(Engine engine, boolean waited) {
        List<Queue> queues = queues();
        int max = waited ? 1 : call.max();
        long bytes = 0;
        boolean found = true;
        while (found && taken.size() < max && bytes < Limits.ANSWER_BYTES) {
            found = false;
            for (int i = 0; i < queues.size() && taken.size() < max && bytes < Limits.ANSWER_BYTES; i++) {
                Held held = next(engine, queues.get(i));
                if (held != null) {
                    taken.add(held);
                    bytes += held.length() + held.noteLength();
                    found = true;
                }
            }
        }
        if (taken.isEmpty()) {
            return false;
        }
        try {
            taken.forEach(this::read);
        } catch (RuntimeException | OutOfMemoryError e) {
            undo(engine);
            failed(Adds.failure(e));
        }
        return true;
    }

    private @Nullable Held next(Engine engine, Queue queue) {
        return call.leaseMillis() == Call.Take.OWN_LEASE
                ? engine.take(queue, HostedJobs.DEFAULT_RETRY)
                : engine.takeFor(queue, call.leaseMillis());
    }

    private void read(Held held) {
        JobRecord job = store().readLeading(held);
        if (job != null) {
            jobs.add(Looks.job(held, job));
        } else {
            damaged = new ArrayList<>(damaged);
            damaged.add(held);
        }
    }

    private void undo(Engine engine) {
        taken.reversed().forEach(engine.hosted()::undo);
        taken.clear();
        jobs.clear();
        damaged = List.of();
    }

    @Override
    public List<Held> taken() {
        return taken;
    }

    @Override
    public List<Held> damaged() {
        return endsWhatItTakes() ? List.of() : damaged;
    }

    @Override
    public void giveBack(Engine engine, RuntimeException why) {
        undo(engine);
        dismiss(why);
    }

    @Override
    void answer() {
        call.answer().give(jobs);
    }
}
