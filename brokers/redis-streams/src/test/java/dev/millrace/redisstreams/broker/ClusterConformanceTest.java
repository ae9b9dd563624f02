// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;

/** The contract on a cluster of three masters. */
@Tag("long")
@net.jqwik.api.Tag("long")
class ClusterConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new RedisHarness(Place.CLUSTER.get());
    }
}
