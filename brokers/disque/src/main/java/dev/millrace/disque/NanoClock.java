// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.function.LongSupplier;

/** The monotonic clock of the machine: the one place of the client that reads a clock. */
enum NanoClock implements LongSupplier {
    SYSTEM;

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }
}
