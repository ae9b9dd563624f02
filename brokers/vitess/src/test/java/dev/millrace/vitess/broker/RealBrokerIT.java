// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.transaction.TransactionContract;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import dev.millrace.vitess.RealVitess;
import java.sql.Connection;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

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
        Optional<RealVitess> real = RealVitess.given();
        if (real.isEmpty()) {
            String line = "not run: the broker on a real Vitess (set VTGATE_GRPC and VTGATE_JDBC)";
            System.out.println(line);
            return Stream.of(DynamicTest.dynamicTest(line, () -> {}));
        }
        return Stream.of(OnRealConformance.class, OnRealTransaction.class, OnRealWorker.class)
                .map(contract -> DynamicTest.dynamicTest(contract.getSimpleName(), () -> run(contract)));
    }

    private static void run(Class<?> contract) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(contract))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getTestsFoundCount()).isPositive();
        assertThat(summary.getSummary().getFailures())
                .extracting(failure -> failure.getTestIdentifier().getUniqueId() + ": " + failure.getException())
                .isEmpty();
    }
}
