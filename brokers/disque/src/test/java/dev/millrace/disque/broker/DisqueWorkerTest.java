// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

/** With the server's own words hidden: what the broker does on Disque itself. */
@Tag("slow")
class DisqueWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new MillraceHarness(true);
    }
}
