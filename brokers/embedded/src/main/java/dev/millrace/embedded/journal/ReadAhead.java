// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log for one thread that mostly reads forwards, as one that takes jobs in their order does: when a read begins
 * shortly behind the last one, a longer stretch is read at once. What was written never changes, so the stretch is right
 * as long as the log holds it.
 */
final class ReadAhead {
    private static final int STRETCH = 1 << 16;
    private static final int NEAR = 1 << 12;
    private static final byte[] NOTHING = {};

    private final Parts parts;
    private byte[] stretch = NOTHING;
    private long start;
    private long last;

    ReadAhead(Parts parts) {
        this.parts = parts;
    }

    /** A copy of bytes of the log, or null if they were dropped. */
    byte @Nullable [] read(long position, int length) {
        boolean near = position >= last && position - last < NEAR;
        last = position + length;
        if (!holds(position, length)) {
            int more = near ? stretchFrom(position) : 0;
            if (more < length) {
                return parts.reader.read(position, length);
            }
            byte[] read = parts.reader.read(position, more);
            stretch = read == null ? NOTHING : read;
            start = position;
        }
        if (!holds(position, length) || position < parts.table.first()) {
            return null;
        }
        int from = (int) (position - start);
        return Arrays.copyOfRange(stretch, from, from + length);
    }

    private boolean holds(long position, int length) {
        return position >= start && position + length <= start + stretch.length;
    }

    private int stretchFrom(long position) {
        Segment segment = parts.table.find(position);
        return segment == null
                ? 0
                : (int) Math.min(STRETCH, Math.min(segment.end(), parts.durability.written()) - position);
    }
}
