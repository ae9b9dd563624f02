// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A real broker that runs out of memory once whenever it is told to. */
record Breaking(Broker broker, AtomicBoolean next) implements Forwarding {
    private void mayBreak() {
        if (next.getAndSet(false)) {
            throw new OutOfMemoryError("no memory for a test");
        }
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        mayBreak();
        return broker.send(jobs);
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        mayBreak();
        return broker.receiver(wanted);
    }

    @Override
    public <F> Optional<F> facet(Class<F> role) {
        mayBreak();
        return broker.facet(role);
    }
}
