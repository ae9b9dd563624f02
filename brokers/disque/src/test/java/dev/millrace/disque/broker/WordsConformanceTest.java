// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;

/** With the words of our own server. */
@Tag("slow")
class WordsConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new MillraceHarness(false);
    }
}
