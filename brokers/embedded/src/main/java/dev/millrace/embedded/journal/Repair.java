// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Changes a log so that it can be read to its end: cuts off what a crash left behind, and, in a salvage, bridges damage.
 * Everything is on the disk before a method returns, and a crash in the middle of it leaves a log that is judged the
 * same way again.
 */
final class Repair {
    private static final int PIECE = 1 << 20;

    private final Storage folder;

    Repair(Storage folder) {
        this.folder = folder;
    }

    /** Removes segments from an index on, newest first, so that never one in the middle is missing. */
    void dropSegments(List<Long> bases, int from) throws IOException {
        for (int i = bases.size() - 1; i >= from; i--) {
            folder.delete(Segment.name(bases.get(i)));
        }
        if (from < bases.size()) {
            folder.syncDirectory();
        }
    }

    /** Wipes a stretch of a segment, so that no frame in it can ever come back. */
    void wipe(Segment segment, long from, long to) throws IOException {
        if (to <= from) {
            return;
        }
        byte[] zeros = new byte[(int) Math.min(PIECE, to - from)];
        try (StorageFile file = folder.open(segment.name())) {
            for (long at = from; at < to; at += zeros.length) {
                file.write(at, zeros, 0, (int) Math.min(zeros.length, to - at));
            }
            file.sync();
        }
    }

    /**
     * Writes what is there once more and forces it to the disk. After a failed sync the system may show bytes that it
     * no longer means to write; nothing else finds out.
     */
    void rewrite(Segment segment, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PIECE, Math.max(0, to - from))];
        try (StorageFile file = folder.open(segment.name())) {
            for (long at = from; at < to; at += bytes.length) {
                int read = file.read(at, bytes, 0, (int) Math.min(bytes.length, to - at));
                file.write(at, bytes, 0, read);
            }
            file.sync();
        }
    }

    /** Makes a segment say that it ends at an offset. */
    void endAt(Segment segment, long offset) throws IOException {
        if (offset + Frame.HEADER <= segment.size) {
            mark(segment, Frame.END, offset, 0);
        }
    }

    /** Puts a frame over damage that says how much to skip. */
    void skip(Segment segment, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            long length = Math.min(to - at - Frame.HEADER, Frame.LONGEST & -Frame.ALIGNMENT);
            long left = to - at - Frame.size(length);
            length -= left > 0 && left < Frame.HEADER ? Frame.HEADER : 0;
            mark(segment, Frame.SKIP, at, (int) length);
            at += Frame.size(length);
        }
    }

    /** Writes the header of a segment anew, or a whole empty segment where one is missing. */
    void header(Segment segment, boolean missing) throws IOException {
        try (StorageFile file = missing ? folder.create(segment.name()) : folder.open(segment.name())) {
            file.write(0, SegmentHeader.encode(segment.base, segment.size), 0, SegmentHeader.BYTES);
            file.sync();
        }
        if (missing) {
            folder.syncDirectory();
            endAt(segment, SegmentHeader.BYTES);
        }
    }

    private void mark(Segment segment, int kind, long offset, int length) throws IOException {
        byte[] header = new byte[Frame.HEADER];
        Frame.putHeader(header, kind, length, segment.base + offset, 0);
        Frame.seal(header, new CRC32C(), header, 0, 0);
        try (StorageFile file = folder.open(segment.name())) {
            file.write(offset, header, 0, Frame.HEADER);
            file.sync();
        }
    }
}
