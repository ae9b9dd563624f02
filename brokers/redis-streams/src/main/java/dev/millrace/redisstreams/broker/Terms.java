// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Support;

/** What Redis Streams can do. */
final class Terms {
    static final Capabilities CAPABILITIES = Capabilities.builder()
            .feature(Feature.DELAY, Support.emulated("a sorted set; seen by workers that ask or wait"))
            .feature(Feature.EXPIRY, Support.emulated("a sorted set; not for jobs that were received once"))
            .feature(Feature.HEADERS, Support.nativeSupport())
            .feature(Feature.DELAYED_RETRY, Support.emulated("a sorted set beside the pending entries, in one step"))
            .feature(Feature.DEAD_LETTER, Support.emulated("a stream of their own, in one step"))
            .feature(Feature.CHOSEN_ID, Support.none("Redis would have to remember ids over all slots of a cluster"))
            .feature(Feature.FRONT, Support.none("a stream grows at one end"))
            .feature(Feature.PRIORITY, Support.none("a stream has one order"))
            .leases(Capabilities.LeaseScope.RECEIVE)
            .settles(Capabilities.SettleScope.DELIVERY)
            .attempts(Capabilities.AttemptCount.EXACT)
            .ordering(Capabilities.Ordering.FIFO)
            .build();

    private Terms() {}
}
