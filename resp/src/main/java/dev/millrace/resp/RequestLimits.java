// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

/**
 * How large a request may be before it is refused.
 *
 * @param inlineBytes the longest inline line, and the longest line that holds a length, in bytes without its end; at
 *     least {@value #LEAST_LINE}
 * @param arguments the most arguments of a request that is sent as an array, its name among them
 * @param bulkBytes the longest argument of such a request, in bytes; at most {@value #LONGEST_BULK}
 * @param requestBytes the most bytes in all arguments of a request together
 */
public record RequestLimits(int inlineBytes, int arguments, int bulkBytes, long requestBytes) {
    private static final int LEAST_LINE = 32;
    private static final int LONGEST_BULK = Integer.MAX_VALUE - 16;

    /** What Redis and Disque allow: 64 KiB in a line, 1,048,576 arguments, 512 MiB in one, 1 GiB in all of them. */
    public static final RequestLimits DEFAULT = new RequestLimits(1 << 16, 1 << 20, 1 << 29, 1L << 30);

    /**
     * Checks that all can be met.
     *
     * @throws IllegalArgumentException if one is less than its least, or a line or bulk would not fit into an array
     */
    public RequestLimits {
        check("inlineBytes", inlineBytes, LEAST_LINE, LONGEST_BULK);
        check("arguments", arguments, 1, LONGEST_BULK);
        check("bulkBytes", bulkBytes, 1, LONGEST_BULK);
        check("requestBytes", requestBytes, 1, Long.MAX_VALUE);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
