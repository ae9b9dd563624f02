// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

/**
 * How long a stream may become; older entries are removed when one is added. Immutable and thread-safe.
 *
 * @param entries how many there may be; 1 or more
 * @param approximate whether there may be some more, which costs the server less
 * @param trimming which entries may be removed
 */
public record MaxLength(long entries, boolean approximate, Trimming trimming) {
    private static final long MOST_SLACK = 100;

    /** Checks the number. */
    public MaxLength {
        if (entries < 1) {
            throw new IllegalArgumentException("max length " + entries + " is out of range; give 1 or more");
        }
    }

    /**
     * So many entries at most, not counting those that a group needs.
     *
     * @param entries 1 or more
     * @return the length
     */
    public static MaxLength exact(long entries) {
        return new MaxLength(entries, false, Trimming.NOT_NEEDED);
    }

    /**
     * So many entries and some more, not counting those that a group needs.
     *
     * @param entries 1 or more
     * @return the length
     */
    public static MaxLength approximately(long entries) {
        return new MaxLength(entries, true, Trimming.NOT_NEEDED);
    }

    /**
     * Which entries may be removed.
     *
     * @param which {@link Trimming#NOT_NEEDED} if nothing is said
     * @return the same length with that
     */
    public MaxLength trimming(Trimming which) {
        return new MaxLength(entries, approximate, which);
    }

    /** How many more entries are let be before some are removed at once. */
    long slack() {
        return approximate ? Math.clamp(entries / 10, 1, MOST_SLACK) : 0;
    }
}
