// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.okq.RealOkq;
import dev.millrace.okq.Servers;
import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractRun;
import dev.millrace.testkit.servers.GivenServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract against a real server: the last of those whose binaries the environment variable OKQ_SERVER names. */
class RealBrokerIT {
    static final class OnRealConformance extends BrokerContract {
        @Override
        protected BrokerHarness harness() {
            return new RealHarness(Servers.real().getLast());
        }
    }

    @TestFactory
    Stream<DynamicTest> realServer() {
        return GivenServer.tests(
                Servers.real().stream().reduce((before, last) -> last),
                "the broker on a real okq",
                Servers.HOW,
                binary -> Stream.of(DynamicTest.dynamicTest("contract", () -> run(binary))));
    }

    private static void run(Path binary) throws IOException {
        ContractRun.of(OnRealConformance.class);
        String version = String.valueOf(binary.getFileName()).replaceFirst("^okq-?", "");
        CapabilityTable.ofProject()
                .ran(
                        new OnRealConformance(),
                        ("okq " + version).strip() + " on Redis " + redis(binary),
                        LocalDate.now(ZoneOffset.UTC));
    }

    /** okq itself tells no version. */
    private static String redis(Path binary) {
        try (RealOkq okq = RealOkq.start(binary)) {
            return okq.redisVersion();
        }
    }
}
