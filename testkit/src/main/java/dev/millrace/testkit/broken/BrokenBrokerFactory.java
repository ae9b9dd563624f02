// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.broken;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.Brokers;
import dev.millrace.testkit.broken.BrokenBroker.Lie;
import java.util.Locale;
import java.util.Set;

/** Opens {@code broken:LIE:URL}, such as {@code broken:loses:file:./jobs}; the lies are {@link Lie}, in small letters. */
public final class BrokenBrokerFactory implements BrokerFactory {
    /** For the service loader. */
    public BrokenBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("broken");
    }

    @Override
    public Broker open(BrokerUrl url) {
        int colon = url.rest().indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("broker URL \"" + url + "\" names no broker; give broken:loses:URL");
        }
        Lie lie = Lie.valueOf(url.rest().substring(0, colon).toUpperCase(Locale.ROOT));
        return new BrokenBroker(Brokers.open(url.rest().substring(colon + 1)), lie);
    }
}
