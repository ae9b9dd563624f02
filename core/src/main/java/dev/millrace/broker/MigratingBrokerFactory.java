// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.util.List;

/**
 * A {@link BrokerFactory} whose brokers keep their jobs where what they need must be made first, and changed by later versions,
 * step by step, such as the tables of a database. Opening a broker does what is missing, unless its URL says otherwise.
 */
public interface MigratingBrokerFactory extends BrokerFactory {
    /**
     * Tells what {@link #migrate} would do, and does nothing.
     *
     * @param url the address of a broker, of one of the {@link #schemes()}
     * @return the steps that are missing, in their order, as somebody could do them by himself; none if all were done
     * @throws IllegalArgumentException if the address is wrong
     * @throws BrokerException if the broker cannot be reached
     */
    List<String> missingSteps(BrokerUrl url);

    /**
     * Does the steps that are missing. Two that do it at once do no harm.
     *
     * @param url the address of a broker, of one of the {@link #schemes()}
     * @return the steps that were missing, in their order
     * @throws IllegalArgumentException if the address is wrong
     * @throws BrokerException if the broker cannot be reached, or refuses a step; the steps before that are done
     */
    List<String> migrate(BrokerUrl url);
}
