// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.transaction.TransactionContract;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresTransactionTest extends TransactionContract<Connection> {
    @Override
    protected TransactionHarness<Connection> harness() {
        return new SqlTransactionHarness(TestDatabase.postgres());
    }
}
