// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class RedisWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new RedisHarness(Place.ONE.get());
    }
}
