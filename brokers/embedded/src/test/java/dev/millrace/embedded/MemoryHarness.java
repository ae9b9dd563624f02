// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import java.time.Duration;
import java.util.OptionalInt;

/** Puts {@code mem:} through the contract. */
final class MemoryHarness implements BrokerHarness {
    static final int LARGEST = 1 << 20;

    private final ManualTime time = new ManualTime();

    @Override
    public String name() {
        return "mem:";
    }

    @Override
    public Broker open() {
        return EmbeddedBroker.builder().maxBody(LARGEST).clock(time).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return EmbeddedBroker.builder().maxBody(LARGEST).open();
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        return open();
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

    @Override
    public void close() {}
}
