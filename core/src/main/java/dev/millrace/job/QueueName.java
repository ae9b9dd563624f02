// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/**
 * The name of a queue. Immutable and thread-safe.
 *
 * @param value 1 to {@value #MAX_BYTES} bytes of UTF-8, without control characters and without white space at either
 *     end; upper and lower case differ
 */
public record QueueName(String value) {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 255;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name breaks a rule; the message says which
     */
    public QueueName {
        Names.check("queue name", value, MAX_BYTES);
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
