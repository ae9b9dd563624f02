// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

/** The clock by which waits are measured. */
public final class Ticks {
    private Ticks() {}

    /**
     * The moment.
     *
     * @return nanoseconds since some moment; only differences mean something
     */
    public static long now() {
        return System.nanoTime();
    }
}
