// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.Rabbit;
import dev.millrace.testkit.traffic.KilledWorkerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class KilledWorkerTest extends KilledWorkerContract {
    @Override
    protected String url() {
        return "amqp://guest:guest@" + Rabbit.server().address();
    }
}
