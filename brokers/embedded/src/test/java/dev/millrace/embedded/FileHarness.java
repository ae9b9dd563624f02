// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.CrashFolder;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import java.util.OptionalInt;

/** Puts {@code file:} through the contract. A kill is the same to it as a copy of its folder while it is open. */
final class FileHarness extends ManualTimeHarness {
    private static final int SMALL_SEGMENTS = 256 << 10;

    private final CrashFolder folder = CrashFolder.named("millrace-contract");

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
        return builder().clock(time()).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    @Override
    protected void crashServer() {
        folder.crash();
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
        super.close();
        folder.close();
    }
}
