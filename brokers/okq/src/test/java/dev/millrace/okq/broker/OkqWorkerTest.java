// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class OkqWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new OkqHarness();
    }
}
