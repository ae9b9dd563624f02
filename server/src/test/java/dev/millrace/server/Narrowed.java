// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import java.util.Optional;
import java.util.Set;

/** A real broker of which only some facets are seen. */
record Narrowed(Broker broker, Set<Class<?>> roles) implements Forwarding {
    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return roles.contains(role) ? broker.facet(role) : Optional.empty();
    }
}
