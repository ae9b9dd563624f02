// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.RealDisque;
import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractRun;
import dev.millrace.testkit.servers.GivenServer;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract against the real server, whose binary the environment variable DISQUE_SERVER names. */
class RealBrokerIT {
    static final class OnRealConformance extends BrokerContract {
        @Override
        protected BrokerHarness harness() {
            return new RealHarness(RealDisque.given().orElseThrow());
        }
    }

    @TestFactory
    Stream<DynamicTest> realServer() {
        return GivenServer.tests(
                RealDisque.given(),
                "the broker on a real Disque",
                RealDisque.HOW,
                real -> Stream.of(DynamicTest.dynamicTest("contract", () -> run(real))));
    }

    private static void run(RealDisque real) throws IOException {
        ContractRun.of(OnRealConformance.class);
        CapabilityTable.ofProject()
                .ran(new OnRealConformance(), "Disque " + version(real), LocalDate.now(ZoneOffset.UTC));
    }

    private static String version(RealDisque real) {
        try (RealDisque.RealNode node = real.start();
                DisqueClient client = DisqueClient.connect(node.address(), DisqueOptions.defaults())) {
            return client.info("server").get("disque_version");
        }
    }
}
