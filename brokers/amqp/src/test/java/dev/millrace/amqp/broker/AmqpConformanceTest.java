// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;

/** By the real clock, with a server that takes seconds to start again: minutes of waiting. */
@Tag("slow")
class AmqpConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new AmqpHarness();
    }
}
