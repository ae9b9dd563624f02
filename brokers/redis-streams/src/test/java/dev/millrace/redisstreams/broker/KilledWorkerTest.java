// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.testkit.servers.RedisServer;
import dev.millrace.testkit.traffic.KilledWorkerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class KilledWorkerTest extends KilledWorkerContract {
    private final RedisServer server = RedisServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected String url() {
        return "redis://" + server.address();
    }
}
