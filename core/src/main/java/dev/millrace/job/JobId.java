// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/**
 * The identity of a job; it stays the same through retries, on every broker. Immutable and thread-safe.
 *
 * @param value 1 to {@value #MAX_BYTES} bytes of UTF-8, without control characters and without white space at either
 *     end
 */
public record JobId(String value) {
    /** The longest id, in bytes of UTF-8. */
    public static final int MAX_BYTES = 255;

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if the id breaks a rule; the message says which
     */
    public JobId {
        Names.check("job id", value, MAX_BYTES);
    }

    /** The id itself. */
    @Override
    public String toString() {
        return value;
    }
}
