// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class MariaConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new SqlHarness(TestDatabase.maria());
    }
}
