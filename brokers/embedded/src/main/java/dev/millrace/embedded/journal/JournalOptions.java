// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

/**
 * How a journal is kept.
 *
 * @param sync when writes are forced to the disk
 * @param segmentBytes size of a segment file, 4 KiB to 1 GiB and a multiple of 8; larger frames get a segment of their
 *     own size
 * @param cacheBytes how much of the newest part of the log is kept in memory for reading; 0 for nothing
 * @param salvage whether a damaged middle is skipped with a warning instead of refused
 */
public record JournalOptions(Sync sync, int segmentBytes, int cacheBytes, boolean salvage) {
    private static final int SMALLEST = 1 << 12;
    private static final int LARGEST = 1 << 30;

    /** Checks the ranges. */
    public JournalOptions {
        if (segmentBytes < SMALLEST || segmentBytes > LARGEST || segmentBytes % Frame.ALIGNMENT != 0) {
            throw new IllegalArgumentException("segments have " + SMALLEST + " to " + LARGEST + " bytes, a multiple of "
                    + Frame.ALIGNMENT + ", not " + segmentBytes);
        }
        if (cacheBytes < 0 || cacheBytes > LARGEST) {
            throw new IllegalArgumentException("the cache has 0 to " + LARGEST + " bytes, not " + cacheBytes);
        }
    }

    /** The options that nobody had to choose: sync always, segments of 16 MiB, a cache of 8 MiB, no salvage. */
    public static JournalOptions defaults() {
        return new JournalOptions(Sync.ALWAYS, 16 << 20, 8 << 20, false);
    }
}
