// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import java.util.OptionalInt;

/** Puts {@code mem:} through the contract. */
final class MemoryHarness extends ManualTimeHarness {
    static final int LARGEST = 1 << 20;

    @Override
    public String name() {
        return "mem:";
    }

    @Override
    public Broker open() {
        return EmbeddedBroker.builder().maxBody(LARGEST).clock(time()).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return EmbeddedBroker.builder().maxBody(LARGEST).open();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public boolean bearsCrowds() {
        return true;
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.of(LARGEST);
    }

    @Override
    public Object trace(Broker broker) {
        return ((EmbeddedBroker) broker).queues();
    }
}
