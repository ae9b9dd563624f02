// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import dev.millrace.vitess.FakeVitess;
import org.junit.jupiter.api.Tag;

@Tag("long")
class FakeWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new VitessHarness(FakeVitess.shared());
    }
}
