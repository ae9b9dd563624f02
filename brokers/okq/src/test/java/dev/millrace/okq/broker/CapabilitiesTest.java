// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void pageSaysWhatTheOkqBrokerDoes() throws IOException {
        CapabilityTable.ofProject()
                .check(
                        new OkqConformanceTest(),
                        ContractServers.always("Millrace's server").andElsewhere("okq"));
    }
}
