// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

/** With the words of our own server. */
@Tag("slow")
class WordsWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new MillraceHarness(false);
    }
}
