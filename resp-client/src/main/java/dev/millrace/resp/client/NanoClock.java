// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.function.LongSupplier;

/** The monotonic clock of the machine: the one place of the clients that reads a clock. */
public enum NanoClock implements LongSupplier {
    /** The clock. */
    SYSTEM;

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }
}
