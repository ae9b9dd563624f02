// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * Stands in the lines of queues like somebody who takes, but takes nothing: so it is told in its turn, and whoever stands
 * behind it still finds the job. What was told to one who then does not come is there for the next who asks.
 */
/** Tells a host as soon as one of some queues has a job. */
final class HostNotice implements HostWait {
    private final Store store;
    private final Call.AwaitReady call;
    private final List<Queue> queues;
    private Optional<QueueName> found = Optional.empty();
    private @Nullable RuntimeException failure;
    private boolean parked;
    private boolean left;
    private boolean served;

    HostNotice(Store store, Call.AwaitReady call, Engine engine) {
        this.store = store;
        this.call = call;
        this.queues = new ArrayList<>(call.queues().size());
        for (QueueName name : call.queues()) {
            Queue queue = engine.queue(name.value());
            queue.know(engine.now());
            queues.add(queue);
        }
    }

    @Override
    public boolean isPatient() {
        return call.patient();
    }

    @Override
    public boolean endsWhatItTakes() {
        return false;
    }

    @Override
    public List<Queue> queues() {
        return queues;
    }

    @Override
    public boolean begin() {
        return true;
    }

    @Override
    public void pause() {}

    @Override
    public void parked() {
        parked = true;
        store.waits().parked(call, this);
    }

    @Override
    public boolean take(Engine engine, boolean waited) {
        int size = queues.size();
        int first = size < 2 ? 0 : store.waits().turn(size);
        for (int i = 0; i < size && found.isEmpty(); i++) {
            Queue queue = queues.get((first + i) % size);
            if (engine.hasFor(queue)) {
                found = Optional.of(queue.name());
            }
        }
        return found.isPresent();
    }

    @Override
    public List<Held> taken() {
        return List.of();
    }

    @Override
    public void giveBack(Engine engine, RuntimeException why) {
        finish();
    }

    @Override
    public void dismiss(@Nullable RuntimeException why) {
        if (!served) {
            failure = why;
        }
        finish();
    }

    @Override
    public boolean leave() {
        left = !served;
        return left;
    }

    @Override
    public void finish() {
        if (served) {
            return;
        }
        served = true;
        if (parked) {
            store.waits().gone(call);
        }
        if (!left) {
            store.waits().answer(this::answer);
        }
    }

    private void answer() {
        if (failure == null) {
            call.answer().give(found);
        } else {
            call.answer().fail(failure);
        }
    }

    @Override
    public boolean isServed() {
        return served;
    }
}
