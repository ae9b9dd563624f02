// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void pageSaysWhatTheDisqueBrokerDoes() throws IOException {
        CapabilityTable.ofProject()
                .check(
                        new DisqueConformanceTest(),
                        ContractServers.always("Millrace's server, as if it were Disque")
                                .andElsewhere("Disque"));
    }

    @Test
    void pageSaysWhatItDoesOnAServerOfMillrace() throws IOException {
        CapabilityTable.ofProject().check(new WordsConformanceTest(), ContractServers.always("Millrace's server"));
    }
}
