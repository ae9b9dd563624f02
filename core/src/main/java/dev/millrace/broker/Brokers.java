// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Opens brokers by URL, from whatever broker modules are there. Thread-safe. */
public final class Brokers {
    private Brokers() {}

    /**
     * Opens a broker.
     *
     * @param url its address, such as {@code file:./jobs} or {@code mem:}
     * @return the broker, ready for use; the caller closes it
     * @throws IllegalArgumentException if the address is wrong or no module here knows its scheme; the message names the
     *     known ones
     * @throws BrokerException if the broker cannot be reached or opened
     */
    public static Broker open(String url) {
        BrokerUrl parsed = BrokerUrl.parse(url);
        return factory(parsed).open(parsed);
    }

    /**
     * Tells what {@link #migrate} would do, and does nothing.
     *
     * @param url the address of a broker
     * @return the steps that are missing, in their order
     * @throws IllegalArgumentException if the address is wrong, or such a broker has nothing that is migrated
     * @throws BrokerException if the broker cannot be reached
     */
    public static List<String> missingSteps(String url) {
        BrokerUrl parsed = BrokerUrl.parse(url);
        return migrating(parsed).missingSteps(parsed);
    }

    /**
     * Makes or updates what a broker needs before it can be opened, such as its tables.
     *
     * @param url the address of a broker
     * @return the steps that were missing, in their order, now done
     * @throws IllegalArgumentException if the address is wrong, or such a broker has nothing that is migrated
     * @throws BrokerException if the broker cannot be reached, or refuses a step
     */
    public static List<String> migrate(String url) {
        BrokerUrl parsed = BrokerUrl.parse(url);
        return migrating(parsed).migrate(parsed);
    }

    private static MigratingBrokerFactory migrating(BrokerUrl url) {
        if (factory(url) instanceof MigratingBrokerFactory migrating) {
            return migrating;
        }
        throw new IllegalArgumentException("broker URL \"" + url + "\" is of a broker that has no tables to migrate");
    }

    private static BrokerFactory factory(BrokerUrl parsed) {
        for (BrokerFactory factory : ServiceLoader.load(BrokerFactory.class)) {
            if (factory.schemes().contains(parsed.scheme())) {
                return factory;
            }
        }
        throw new IllegalArgumentException("broker URL \"" + parsed + "\" has the unknown scheme \"" + parsed.scheme()
                + "\"; known here are " + String.join(", ", schemes()) + " (each comes with its module)");
    }

    /**
     * What can be opened here.
     *
     * @return the schemes of all broker modules that are there, in order
     */
    public static Set<String> schemes() {
        Set<String> all = new TreeSet<>();
        for (BrokerFactory factory : ServiceLoader.load(BrokerFactory.class)) {
            all.addAll(factory.schemes());
        }
        return all;
    }
}
