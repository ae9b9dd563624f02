// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.testkit.traffic.KilledWorkerContract;
import dev.millrace.vitess.FakeVitess;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class FakeKilledWorkerTest extends KilledWorkerContract {
    private final FakeVitess site = FakeVitess.shared();
    private final String table = "k_" + UUID.randomUUID().toString().replace('-', '_');

    @Override
    protected String url() {
        return site.url() + "?millrace.table=" + table;
    }

    @AfterEach
    void dropTables() {
        new SqlClient(site.jdbc()).drop(table, table + "_pause", table + "_meta");
    }
}
