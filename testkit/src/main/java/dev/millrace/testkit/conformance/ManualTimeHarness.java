// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.ManualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What harnesses have in common whose broker lives by a clock that the test turns. The rest is how it is opened, and what
 * {@link #restartServer} and {@link #crashServer} do to what stands behind it.
 */
public abstract class ManualTimeHarness implements BrokerHarness {
    private final ManualTime time = new ManualTime();
    private final List<AutoCloseable> abandoned = new ArrayList<>();

    /** Made by the subclass. */
    protected ManualTimeHarness() {}

    /**
     * The clock of the broker of {@link #open}.
     *
     * @return the same each time
     */
    protected final InstantSource time() {
        return time;
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

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
