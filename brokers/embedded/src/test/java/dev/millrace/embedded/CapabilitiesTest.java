// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final CapabilityTable page = CapabilityTable.ofProject();

    @Test
    void pageSaysWhatTheFileBrokerDoes() throws IOException {
        page.check(new FileConformanceTest(), ContractServers.always("itself"));
    }

    @Test
    void pageSaysWhatTheMemoryBrokerDoes() throws IOException {
        page.check(new MemoryConformanceTest(), ContractServers.always("itself"));
    }
}
