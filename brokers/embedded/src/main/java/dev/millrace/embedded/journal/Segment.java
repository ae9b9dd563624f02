// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of the log that is a file. Immutable, but for the count of live bytes, which belongs to the writer.
 */
final class Segment {
    private static final int DIGITS = 16;
    private static final String SUFFIX = ".seg";

    final long base;
    final long size;
    long live;

    Segment(long base, long size) {
        this.base = base;
        this.size = size;
    }

    /** The log position after the last one of this segment: the base of the next. */
    long end() {
        return base + size;
    }

    String name() {
        return name(base);
    }

    static String name(long base) {
        String digits = Long.toHexString(base);
        return "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
    }

    /** The base that a file name tells, or null if the file is no segment. */
    static @Nullable Long base(String name) {
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return null;
        }
        try {
            long base = Long.parseUnsignedLong(name, 0, DIGITS, 16);
            return base >= 0 && name(base).equals(name) ? base : null;
        } catch (NumberFormatException otherFile) {
            return null;
        }
    }
}
