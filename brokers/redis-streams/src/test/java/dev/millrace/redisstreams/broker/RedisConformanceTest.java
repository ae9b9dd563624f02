// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class RedisConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new RedisHarness(Place.ONE.get());
    }
}
