// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Support;

/** What a message table can do. */
final class Terms {
    static final Capabilities CAPABILITIES = Capabilities.builder()
            .feature(Feature.DELAY, Support.nativeSupport())
            .feature(Feature.EXPIRY, Support.nativeSupport())
            .feature(Feature.CHOSEN_ID, Support.nativeSupport())
            .feature(Feature.FRONT, Support.nativeSupport())
            .feature(Feature.PRIORITY, Support.nativeSupport())
            .feature(Feature.HEADERS, Support.nativeSupport())
            .feature(Feature.DELAYED_RETRY, Support.nativeSupport())
            .feature(Feature.DEAD_LETTER, Support.nativeSupport())
            .leases(Capabilities.LeaseScope.RECEIVE)
            .settles(Capabilities.SettleScope.DELIVERY)
            .attempts(Capabilities.AttemptCount.EXACT)
            // Jobs of one producer come in order; several agree on the time only nearly.
            .ordering(Capabilities.Ordering.BEST_EFFORT)
            .build();

    private Terms() {}
}
