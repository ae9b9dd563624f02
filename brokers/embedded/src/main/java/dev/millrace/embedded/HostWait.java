// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a host that may have to wait for jobs: where it stands, and that it is answered once, or never if it has left. */
abstract class HostWait implements Taker {
    private final Store store;
    private final Call call;
    private final boolean patient;
    private final List<Queue> queues;
    private @Nullable RuntimeException failure;
    private boolean parked;
    private boolean left;
    private boolean served;

    HostWait(Store store, Call call, List<QueueName> names, boolean patient, Engine engine) {
        this.store = store;
        this.call = call;
        this.patient = patient;
        this.queues = new ArrayList<>(names.size());
        for (QueueName name : names) {
            Queue queue = engine.queue(name.value());
            queue.know(engine.now());
            queues.add(queue);
        }
    }

    /** Gives the answer of a call that did not fail. */
    abstract void answer();

    final Store store() {
        return store;
    }

    final void failed(RuntimeException why) {
        failure = why;
    }

    /** Its caller does not wait for the answer any more; false if that is under way. */
    final boolean leave() {
        left = !served;
        return left;
    }

    @Override
    public final boolean isPatient() {
        return patient;
    }

    @Override
    public final List<Queue> queues() {
        return queues;
    }

    @Override
    public final boolean begin() {
        return true;
    }

    @Override
    public final void pause() {}

    @Override
    public final void parked() {
        parked = true;
        store.waits().parked(call, this);
    }

    @Override
    public final void dismiss(@Nullable RuntimeException why) {
        if (why != null && !served) {
            failure = why;
        }
        finish();
    }

    @Override
    public final void finish() {
        if (served) {
            return;
        }
        served = true;
        if (parked) {
            store.waits().gone(call);
        }
        if (!left) {
            store.waits().answer(this::conclude);
        }
    }

    private void conclude() {
        RuntimeException why = failure;
        if (why == null) {
            answer();
        } else {
            call.answer().fail(why);
        }
    }

    @Override
    public final boolean isServed() {
        return served;
    }
}
