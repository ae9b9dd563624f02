// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.testkit.ManualTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What harnesses have in common whose broker lives by a clock that the test turns. The rest is how it is opened, and what
 * {@link #restartServer} and {@link #crashServer} do to what stands behind it.
 */
public abstract class ManualTimeHarness extends ServerHarness {
    private final ManualTime time = new ManualTime();

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
}
