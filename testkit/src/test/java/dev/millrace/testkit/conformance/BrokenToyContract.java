// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Capabilities;
import dev.millrace.testkit.toy.Fault;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract on a toy with a fault; run by {@link ContractBitesTest} alone. */
class BrokenToyContract extends BrokerContract {
    static volatile Set<Fault> faults = Set.of();
    static volatile @Nullable Capabilities bare;

    @Override
    protected BrokerHarness harness() {
        return new ToyHarness(faults, bare);
    }
}
