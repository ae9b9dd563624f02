// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import java.util.Comparator;

/** How ids of entries are ordered: two unsigned numbers of 64 bits, {@code milliseconds-sequence}. */
final class EntryIds {
    static final Comparator<String> ORDER = (a, b) -> {
        int byTime = Long.compareUnsigned(time(a), time(b));
        return byTime != 0 ? byTime : Long.compareUnsigned(sequence(a), sequence(b));
    };

    private EntryIds() {}

    private static long time(String id) {
        int dash = id.indexOf('-');
        return Long.parseUnsignedLong(dash < 0 ? id : id.substring(0, dash));
    }

    private static long sequence(String id) {
        int dash = id.indexOf('-');
        return dash < 0 ? 0 : Long.parseUnsignedLong(id.substring(dash + 1));
    }

    /** The greatest id below this one; that of nothing for the first. */
    static String before(String id) {
        long time = time(id);
        long sequence = sequence(id);
        if (sequence != 0) {
            return Long.toUnsignedString(time) + "-" + Long.toUnsignedString(sequence - 1);
        }
        return time == 0 ? "0-0" : Long.toUnsignedString(time - 1) + "-" + Long.toUnsignedString(-1);
    }
}
