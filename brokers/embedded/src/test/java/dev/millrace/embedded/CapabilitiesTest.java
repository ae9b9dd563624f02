// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final CapabilityTable page = CapabilityTable.in(
            Path.of(System.getProperty("millrace.root", "../..")).resolve("CAPABILITIES.md"));

    @Test
    void pageSaysWhatTheFileBrokerDoes() throws IOException {
        page.check(new FileConformanceTest(), ContractServers.always("itself"));
    }

    @Test
    void pageSaysWhatTheMemoryBrokerDoes() throws IOException {
        page.check(new MemoryConformanceTest(), ContractServers.always("itself"));
    }
}
