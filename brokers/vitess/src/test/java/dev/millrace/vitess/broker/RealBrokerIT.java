// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractRun;
import dev.millrace.testkit.conformance.transaction.TransactionContract;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import dev.millrace.testkit.servers.GivenServer;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.vitess.RealVitess;
import java.io.IOException;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contracts against a real Vitess, if the environment names one; restarts are left to whoever owns it. */
class RealBrokerIT {
    private static RealVitess real() {
        return RealVitess.given().orElseThrow();
    }

    static final class OnRealConformance extends BrokerContract {
        @Override
        protected BrokerHarness harness() {
            return new VitessHarness(real());
        }
    }

    static final class OnRealTransaction extends TransactionContract<Connection> {
        @Override
        protected TransactionHarness<Connection> harness() {
            return new VitessTransactionHarness(real());
        }
    }

    static final class OnRealWorker extends WorkerContract {
        @Override
        protected BrokerHarness harness() {
            return new VitessHarness(real());
        }
    }

    @TestFactory
    Stream<DynamicTest> realVitess() {
        return GivenServer.tests(
                RealVitess.given(),
                "the broker on a real Vitess",
                RealVitess.HOW,
                real -> Stream.of(
                        DynamicTest.dynamicTest("broker", () -> run(real)),
                        DynamicTest.dynamicTest("transactions", () -> ContractRun.of(OnRealTransaction.class)),
                        DynamicTest.dynamicTest("worker", () -> ContractRun.of(OnRealWorker.class))));
    }

    private static void run(RealVitess real) throws IOException {
        ContractRun.of(OnRealConformance.class);
        String version = new SqlClient(real.jdbc()).ask("SELECT @@version").getFirst();
        CapabilityTable.ofProject().ran(new OnRealConformance(), "Vitess " + version, LocalDate.now(ZoneOffset.UTC));
    }
}
