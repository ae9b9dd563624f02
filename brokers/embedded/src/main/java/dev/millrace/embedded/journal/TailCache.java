// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The newest stretch of the log in a ring, a position at its remainder. One thread writes, any thread reads without a
 * lock: the writer gives up the positions that it is about to overwrite before it does, and a reader looks whether its
 * position was given up after it has copied.
 */
final class TailCache {
    private final byte[] ring;
    private volatile long from;
    private volatile long to;

    TailCache(int bytes, long position) {
        ring = new byte[bytes];
        from = position;
        to = position;
    }

    /** Adds payload bytes; what lies between them and the last ones is not to be read. */
    void put(long position, byte[] bytes, int offset, int length) {
        int kept = Math.min(length, ring.length);
        if (kept == 0) {
            return;
        }
        long end = position + length;
        from = Math.max(from, end - ring.length);
        VarHandle.fullFence();
        copy(end - kept, bytes, offset + length - kept, kept);
        to = end;
    }

    private void copy(long position, byte[] bytes, int offset, int length) {
        int at = (int) (position % ring.length);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(bytes, offset, ring, at, first);
        System.arraycopy(bytes, offset + first, ring, 0, length - first);
    }

    /** A copy of bytes of the log, or null if they are not all here. */
    byte @Nullable [] get(long position, int length) {
        if (position < from || position + length > to) {
            return null;
        }
        byte[] bytes = new byte[length];
        if (length > 0) {
            int at = (int) (position % ring.length);
            int first = Math.min(length, ring.length - at);
            System.arraycopy(ring, at, bytes, 0, first);
            System.arraycopy(ring, 0, bytes, first, length - first);
        }
        VarHandle.fullFence();
        return position < from ? null : bytes;
    }
}
