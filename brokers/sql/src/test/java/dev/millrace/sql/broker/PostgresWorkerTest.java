// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.worker.WorkerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresWorkerTest extends WorkerContract {
    @Override
    protected BrokerHarness harness() {
        return new SqlHarness(TestDatabase.postgres());
    }
}
