// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void pageSaysWhatTheRedisBrokerDoes() throws IOException {
        CapabilityTable.in(Path.of(System.getProperty("millrace.root", "../..")).resolve("CAPABILITIES.md"))
                .check(new RedisConformanceTest(), ContractServers.always("Redis; with `--long` a cluster too"));
    }
}
