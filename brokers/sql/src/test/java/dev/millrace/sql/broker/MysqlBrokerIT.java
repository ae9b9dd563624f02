// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractRun;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on MySQL, which takes a while and is another dialect of MariaDB's: only with {@code --long}, or when asked for. */
@Tag("long")
class MysqlBrokerIT {
    static final class OnMysql extends BrokerContract {
        @Override
        protected BrokerHarness harness() {
            return new SqlHarness(TestDatabase.mysql());
        }
    }

    @Test
    void brokerKeepsItsContractOnMysql() throws IOException, SQLException {
        ContractRun.of(OnMysql.class);
        CapabilityTable.ofProject().ran(new OnMysql(), "MySQL " + version(), LocalDate.now(ZoneOffset.UTC));
    }

    private static String version() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(TestDatabase.mysql().url())) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }
}
