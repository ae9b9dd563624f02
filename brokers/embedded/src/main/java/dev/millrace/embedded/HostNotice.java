// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;

/*
 * Stands in the lines of queues like somebody who takes, but takes nothing: so it is told in its turn, and whoever stands
 * behind it still finds the job. What was told to one who then does not come is there for the next who asks.
 */
/** Tells a host as soon as one of some queues has a job. */
final class HostNotice extends HostWait {
    private final Call.AwaitReady call;
    private Optional<QueueName> found = Optional.empty();

    HostNotice(Store store, Call.AwaitReady call, Engine engine) {
        super(store, call, call.queues(), call.patient(), engine);
        this.call = call;
    }

    @Override
    public boolean endsWhatItTakes() {
        return false;
    }

    @Override
    public boolean take(Engine engine, boolean waited) {
        List<Queue> queues = queues();
        int size = queues.size();
        int first = size < 2 ? 0 : store().waits().turn(size);
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
    void answer() {
        call.answer().give(found);
    }
}
