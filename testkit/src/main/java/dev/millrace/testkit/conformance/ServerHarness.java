// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Broker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a harness that takes away what stands behind the broker and begins it again. A subclass says how; its clock is
 * that of {@link ManualTimeHarness} or {@link RealTimeHarness}. Used by the thread of one test.
 */
public abstract class ServerHarness implements BrokerHarness {
    private final List<AutoCloseable> abandoned = new ArrayList<>();

    /** Made by the subclass. */
    ServerHarness() {}

    /** Ends what stands behind the broker in good order, and begins it again on the same data. Does nothing if there is none. */
    protected void restartServer() {}

    /** The same as a {@code kill -9} does it. */
    protected void crashServer() {}

    @Override
    public final Broker reopen(Broker broker) {
        broker.close();
        restartServer();
        return open();
    }

    @Override
    public final Broker crash(Broker broker) {
        abandon(broker);
        crashServer();
        return open();
    }

    /**
     * Leaves things open as a killed program does, until {@link #closeAbandoned}.
     *
     * @param things what is closed then, in this order
     */
    protected final void abandon(@Nullable AutoCloseable... things) {
        for (AutoCloseable thing : things) {
            if (thing != null) {
                abandoned.add(thing);
            }
        }
    }

    /** Closes what was abandoned. */
    protected final void closeAbandoned() {
        for (AutoCloseable thing : abandoned) {
            try {
                thing.close();
            } catch (Exception e) {
                throw new IllegalStateException(thing + " cannot be closed", e);
            }
        }
        abandoned.clear();
    }

    @Override
    public void close() {
        closeAbandoned();
    }
}
