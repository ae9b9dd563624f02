// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.util.Set;

/** The contract can be kept. */
class FullToyContractTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new ToyHarness(Set.of(), null);
    }
}
