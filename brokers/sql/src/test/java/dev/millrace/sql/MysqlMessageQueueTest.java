// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.testkit.servers.SqlServer;

class MysqlMessageQueueTest extends MessageQueueTest {
    @Override
    SqlServer server() {
        return TestDatabase.mysql();
    }
}
