// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.zip.CRC32C;

/** Finds and checks the frames of one segment file. For one thread. */
final class FrameReader {
    private final Window window;
    private final long base;
    private final long size;
    private final CRC32C crc = new CRC32C();

    private long offset;
    private int kind;
    private int length;
    private long durable;
    private long claimed;

    FrameReader(StorageFile file, Segment segment, int piece) {
        this.window = new Window(file, (int) Math.min(piece, Math.max(Frame.HEADER, segment.size)));
        this.base = segment.base;
        this.size = segment.size;
    }

    /** Whether a whole and undamaged frame begins at an offset of the file; if so, it is the current one. */
    boolean at(long candidate) throws IOException {
        if (candidate + Frame.HEADER > size || !window.has(candidate, Frame.HEADER)) {
            return false;
        }
        byte[] buffer = window.buffer();
        int index = window.index(candidate);
        if (Frame.position(buffer, index) != base + candidate) {
            return false;
        }
        int headerKind = Frame.kind(buffer, index);
        int headerLength = Frame.length(buffer, index);
        long headerDurable = Frame.durable(buffer, index);
        long after = candidate + Frame.size(headerLength);
        claimed = Math.max(claimed, Math.min(size, after));
        if (headerKind < Frame.DATA
                || headerKind > Frame.SKIP
                || after > size
                || headerDurable > base + candidate
                || !matches(candidate, headerKind == Frame.SKIP ? 0 : headerLength)) {
            return false;
        }
        offset = candidate;
        kind = headerKind;
        length = headerLength;
        durable = headerDurable;
        return true;
    }

    private boolean matches(long candidate, int covered) throws IOException {
        if (!window.has(candidate, Frame.HEADER + (long) covered)) {
            return false;
        }
        int index = window.index(candidate);
        crc.reset();
        crc.update(window.buffer(), index + 4, Frame.HEADER - 4 + covered);
        return (int) crc.getValue() == Frame.crc(window.buffer(), index);
    }

    /** Goes to the next undamaged frame at or after an offset; false if there is none. */
    boolean find(long from) throws IOException {
        long candidate = from;
        while (candidate + Frame.HEADER <= size && window.has(candidate, Frame.HEADER)) {
            long last = Math.min(size, window.end()) - Frame.HEADER;
            candidate = nextClaim(candidate, last);
            if (candidate <= last) {
                if (at(candidate)) {
                    return true;
                }
                candidate += Frame.ALIGNMENT;
            }
        }
        return false;
    }

    /** The next offset, up to the last one, that claims to be where it is; behind the last if there is none. */
    private long nextClaim(long from, long last) {
        byte[] buffer = window.buffer();
        int shift = window.index(0);
        long candidate = from;
        while (candidate <= last && Frame.position(buffer, (int) candidate + shift) != base + candidate) {
            candidate += Frame.ALIGNMENT;
        }
        return candidate;
    }

    int kind() {
        return kind;
    }

    /** Where the current frame begins in its file. */
    long offset() {
        return offset;
    }

    /** The log position of the current payload. */
    long position() {
        return base + offset + Frame.HEADER;
    }

    int length() {
        return length;
    }

    long durable() {
        return durable;
    }

    /** Where in its file the frame after the current one begins. */
    long next() {
        return offset + Frame.size(length);
    }

    /** The farthest offset that anything seen so far claims for itself, damaged or not. */
    long claimed() {
        return claimed;
    }

    byte[] buffer() {
        return window.buffer();
    }

    int payloadIndex() {
        return window.index(offset) + Frame.HEADER;
    }
}
