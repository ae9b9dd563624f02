// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.testkit.conformance.transaction.TransactionContract;
import dev.millrace.testkit.conformance.transaction.TransactionHarness;
import dev.millrace.vitess.FakeVitess;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class FakeTransactionTest extends TransactionContract<Connection> {
    @Override
    protected TransactionHarness<Connection> harness() {
        return new VitessTransactionHarness(FakeVitess.shared());
    }
}
