// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.util.function.LongSupplier;

/** The steady clock, by which waits are measured: nanoseconds from an arbitrary beginning. */
public final class NanoClock {
    /** That of the system. */
    public static final LongSupplier SYSTEM = System::nanoTime;

    private NanoClock() {}
}
