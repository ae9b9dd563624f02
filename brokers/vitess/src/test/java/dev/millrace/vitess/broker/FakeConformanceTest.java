// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.vitess.FakeVitess;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class FakeConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new VitessHarness(FakeVitess.shared());
    }
}
