// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.testkit.WaitFor;
import java.time.Duration;

/** The part of a harness that is the same for every broker that lives by the real clock. Used by the thread of one test. */
public abstract class RealTimeHarness extends ServerHarness {
    /** Made by the subclass. */
    protected RealTimeHarness() {}

    @Override
    public void pass(Duration length) {
        Stopwatch since = new Stopwatch();
        WaitFor.within(length.plusMillis(1), () -> since.elapsed().compareTo(length) >= 0);
    }
}
