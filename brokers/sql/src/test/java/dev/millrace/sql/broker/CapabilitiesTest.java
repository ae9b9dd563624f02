// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.testkit.conformance.CapabilityTable;
import dev.millrace.testkit.conformance.ContractServers;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CapabilitiesTest {
    private final CapabilityTable page = CapabilityTable.ofProject();

    @Test
    void pageSaysWhatTheSqlBrokerDoesOnMariaDb() throws IOException {
        page.check(new MariaConformanceTest(), ContractServers.always("MariaDB"));
    }

    @Test
    void pageSaysWhatTheSqlBrokerDoesOnPostgreSql() throws IOException {
        page.check(new PostgresConformanceTest(), ContractServers.always("PostgreSQL"));
    }

    @Test
    void pageSaysWhatTheSqlBrokerDoesOnMySql() throws IOException {
        page.check(new MysqlBrokerIT.OnMysql(), new ContractServers("", "MySQL"));
    }
}
