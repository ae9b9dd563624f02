// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CapabilitiesTest {
    @Test
    void pageSaysWhatTheAmqpBrokerDoes() throws IOException {
        CapabilityTable.ofProject().check(new AmqpConformanceTest(), ContractServers.always("RabbitMQ"));
    }
}
