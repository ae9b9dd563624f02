// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

/**
 * How large a value may be before it is refused.
 *
 * @param lineBytes the longest simple string, error or number, in bytes
 * @param bulkBytes the longest bulk in bytes
 * @param arrayLength the most elements of an array
 * @param depth the most arrays within each other; 0 allows none
 */
public record ValueLimits(int lineBytes, int bulkBytes, int arrayLength, int depth) {
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    /** 64 KiB in a line, 512 MiB in a bulk, 1,048,576 elements, 32 arrays within each other. */
    public static final ValueLimits DEFAULT = new ValueLimits(1 << 16, 1 << 29, 1 << 20, 32);

    /**
     * Checks that all can be met.
     *
     * @throws IllegalArgumentException if one is negative, or a line or bulk would not fit into an array
     */
    public ValueLimits {
        check("lineBytes", lineBytes);
        check("bulkBytes", bulkBytes);
        check("arrayLength", arrayLength);
        check("depth", depth);
    }

    private static void check(String name, int value) {
        if (value < 0 || value > LARGEST) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 0 to " + LARGEST);
        }
    }
}
