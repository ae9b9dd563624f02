// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A {@link Receiver} whose leases can end before a handler does, and can be renewed. Thread-safe. */
public interface LeaseExtending {
    /**
     * Renews a lease.
     *
     * @param delivery a delivery of this receiver
     * @param lease how long it is to last from now; above zero
     * @return its new end, or empty if the lease has ended already: the job may be another worker's by now
     * @throws BrokerException if the broker failed
     */
    Optional<Instant> extend(Delivery delivery, Duration lease);

    /**
     * For brokers: refuses a lease that would be over at once, here and wherever else somebody says how long one is.
     *
     * @param lease how long
     * @return the same
     * @throws IllegalArgumentException if it is not above zero
     */
    static Duration aboveZero(Duration lease) {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("lease " + lease + " is out of range; give a length of time above zero");
        }
        return lease;
    }
}
