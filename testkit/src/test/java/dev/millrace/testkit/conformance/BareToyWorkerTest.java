// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.testkit.conformance.worker.WorkerContract;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The worker keeps its contract on a broker that can do nothing but send, receive and settle. */
@Tag("slow")
class BareToyWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new ToyHarness(Set.of(), BareToyContractTest.NOTHING);
    }
}
