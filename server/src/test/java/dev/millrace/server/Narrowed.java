// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A real broker of which only some facets are seen. */
record Narrowed(Broker broker, Set<Class<?>> roles) implements Broker {
    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public Capabilities capabilities() {
        return broker.capabilities();
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        return broker.send(jobs);
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        return broker.receiver(wanted);
    }

    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return roles.contains(role) ? broker.facet(role) : Optional.empty();
    }

    @Override
    public void close() {
        broker.close();
    }
}
