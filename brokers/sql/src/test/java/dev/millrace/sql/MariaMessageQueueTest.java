// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.testkit.servers.SqlServer;

class MariaMessageQueueTest extends MessageQueueTest {
    @Override
    SqlServer server() {
        return TestDatabase.maria();
    }
}
