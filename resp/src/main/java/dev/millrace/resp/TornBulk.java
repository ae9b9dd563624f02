// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bulk that has not come to its end yet. Its array grows with what has arrived, at most to twice as much, and never
 * by what was announced: announcing costs nothing. The last growth ends at the length itself, so that the array is
 * handed out as it is.
 */
final class TornBulk {
    private static final byte[] EMPTY = {};
    private static final int END = 2;

    private final int length;
    private byte[] bytes = EMPTY;
    private int size;
    private int passed;
    private boolean crLf = true;

    TornBulk(int length) {
        this.length = length;
    }

    /** Takes what there is of it, its end included. */
    void take(ByteBuffer in) {
        int taken = Math.min(length - size, in.remaining());
        if (taken > 0) {
            reserve(size + taken);
            in.get(bytes, size, taken);
            size += taken;
        }
        if (size == length) {
            for (; passed < END && in.hasRemaining(); passed++) {
                crLf &= in.get() == (passed == 0 ? '\r' : '\n');
            }
        }
    }

    private void reserve(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(needed, 2L * size)));
        }
    }

    boolean isWhole() {
        return passed == END;
    }

    /** Whether the two bytes behind it were the right ones, for who wants to know. */
    boolean endsInCrLf() {
        return crLf;
    }

    byte[] bytes() {
        return bytes;
    }
}
