// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void pageSaysWhatTheRedisBrokerDoes() throws IOException {
        CapabilityTable.ofProject()
                .check(new RedisConformanceTest(), ContractServers.always("Redis; with `--long` a cluster too"));
    }
}
