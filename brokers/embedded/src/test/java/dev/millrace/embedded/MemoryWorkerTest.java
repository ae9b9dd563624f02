// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class MemoryWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new MemoryHarness();
    }
}
