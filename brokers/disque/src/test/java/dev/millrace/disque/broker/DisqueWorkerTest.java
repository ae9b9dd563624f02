// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;

class DisqueWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new MillraceHarness();
    }
}
