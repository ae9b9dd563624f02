// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.testkit.servers.SqlServer;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class MariaMessageQueueTest extends MessageQueueTest {
    @Override
    SqlServer server() {
        return TestDatabase.maria();
    }
}
