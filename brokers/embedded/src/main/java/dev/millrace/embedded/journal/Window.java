// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;

/** Reads a file in big pieces, forwards, and shows any stretch of it in one array. For one thread. */
final class Window {
    private final int piece;
    private final StorageFile file;
    private byte[] buffer;
    private long start;
    private int filled;

    Window(StorageFile file, int piece) {
        this.file = file;
        this.piece = piece;
        buffer = new byte[piece];
    }

    /** Whether the file has these bytes; if it does, they are in the buffer now. */
    boolean has(long offset, long needed) throws IOException {
        if (offset >= start && offset + needed <= start + filled) {
            return true;
        }
        if (needed > Integer.MAX_VALUE - piece) {
            return false;
        }
        int kept = offset >= start && offset < start + filled ? (int) (start + filled - offset) : 0;
        byte[] target = needed > buffer.length || (buffer.length > piece && needed <= piece)
                ? new byte[Math.max(piece, (int) needed)]
                : buffer;
        kept = Math.min(kept, target.length);
        System.arraycopy(buffer, kept == 0 ? 0 : (int) (offset - start), target, 0, kept);
        buffer = target;
        start = offset;
        filled = kept + file.read(offset + kept, target, kept, target.length - kept);
        return needed <= filled;
    }

    byte[] buffer() {
        return buffer;
    }

    /** The offset of the file behind the last byte in the buffer. */
    long end() {
        return start + filled;
    }

    /** Where in the buffer an offset of the file is. */
    int index(long offset) {
        return (int) (offset - start);
    }
}
