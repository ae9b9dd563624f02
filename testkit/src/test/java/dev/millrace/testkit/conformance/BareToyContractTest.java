// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import java.util.Set;

/** The contract can be kept by refusing whatever can be refused. */
class BareToyContractTest extends BrokerContract {
    static final Capabilities NOTHING = Capabilities.builder()
            .leases(LeaseScope.CONNECTION)
            .attempts(AttemptCount.NONE)
            .ordering(Capabilities.Ordering.BEST_EFFORT)
            .build();

    @Override
    protected BrokerHarness harness() {
        return new ToyHarness(Set.of(), NOTHING);
    }
}
