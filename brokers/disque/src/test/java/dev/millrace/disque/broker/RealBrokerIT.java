// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.RealDisque;
import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractRun;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
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
        Optional<RealDisque> real = RealDisque.given();
        if (real.isEmpty()) {
            String line = "not run: the broker on the real server (set DISQUE_SERVER to the path of disque-server)";
            System.out.println(line);
            return Stream.of(DynamicTest.dynamicTest(line, () -> {}));
        }
        return Stream.of(DynamicTest.dynamicTest("contract", () -> run(real.get())));
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
