// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.util.Set;

/**
 * Opens the brokers of some URL schemes. A broker's module provides one as a service; {@link Brokers} finds it.
 * Thread-safe, with a public constructor without parameters.
 */
public interface BrokerFactory {
    /**
     * Which schemes it opens.
     *
     * @return the schemes, in lower case
     */
    Set<String> schemes();

    /**
     * Opens a broker.
     *
     * @param url its address, of one of the {@link #schemes()}
     * @return the broker, ready for use; the caller closes it
     * @throws IllegalArgumentException if the address is wrong; the message names what in it and what would be right
     * @throws BrokerException if the broker cannot be reached or opened
     */
    Broker open(BrokerUrl url);
}
