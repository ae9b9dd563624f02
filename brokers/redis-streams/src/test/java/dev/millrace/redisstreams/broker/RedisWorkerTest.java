// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.worker.WorkerContract;
import dev.millrace.testkit.conformance.BrokerHarness;

class RedisWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new RedisHarness();
    }
}
