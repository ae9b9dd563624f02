// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.CrashFolder;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Puts {@code file:} through the contract. A kill is the same to it as a copy of its folder while it is open. */
final class FileHarness implements BrokerHarness {
    private static final int SMALL_SEGMENTS = 256 << 10;

    private final ManualTime time = new ManualTime();
    private final CrashFolder folder = CrashFolder.named("millrace-contract");
    private final List<Broker> abandoned = new ArrayList<>();

    private EmbeddedBrokerBuilder builder() {
        return EmbeddedBroker.builder()
                .directory(folder.path())
                .segmentBytes(SMALL_SEGMENTS)
                .maxBody(MemoryHarness.LARGEST);
    }

    @Override
    public String name() {
        return "file:";
    }

    @Override
    public Broker open() {
        return builder().clock(time).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
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
        return true;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        folder.crash();
        abandoned.add(broker);
        return open();
    }

    @Override
    public boolean bearsCrowds() {
        return true;
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.of(MemoryHarness.LARGEST);
    }

    @Override
    public Object trace(Broker broker) {
        return folder.checksum();
    }

    @Override
    public void close() {
        abandoned.forEach(Broker::close);
        folder.close();
    }
}
