// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import dev.millrace.broker.Broker;
import dev.millrace.broker.UnsupportedFeatureException;

/** Asks a broker for what only some brokers are. */
public final class Facets {
    private Facets() {}

    /**
     * The broker in a role.
     *
     * @param <F> the facet
     * @param broker the broker
     * @param role the facet
     * @param purpose what for, for the message
     * @return the broker as that
     * @throws UnsupportedFeatureException if it cannot play it
     */
    public static <F> F of(Broker broker, Class<F> role, String purpose) {
        return broker.facet(role)
                .orElseThrow(() -> new UnsupportedFeatureException(broker.name(), purpose, "the command line"));
    }
}
