// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.testkit.conformance.BrokerContract;
import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** By the real clock, with servers that take seconds to start again: minutes of waiting, hence several tests at a time. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class AmqpConformanceTest extends BrokerContract {
    @Override
    protected BrokerHarness harness() {
        return new AmqpHarness();
    }
}
