// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.traffic.KilledWorkerContract;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresKilledWorkerTest extends KilledWorkerContract {
    private final String table = "k_" + UUID.randomUUID().toString().replace('-', '_');

    @Override
    protected String url() {
        return TestDatabase.postgres().url() + "&millrace.table=" + table;
    }
}
