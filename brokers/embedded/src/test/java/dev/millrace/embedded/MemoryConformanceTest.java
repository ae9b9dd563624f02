// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;

class MemoryConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new MemoryHarness();
    }
}
