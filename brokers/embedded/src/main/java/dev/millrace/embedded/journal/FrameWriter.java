// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Puts frames into one segment file after the other, a frame in one write. Only frames larger than {@value #STAGED_MOST}
 * bytes take two, so that they need not be copied. For one thread.
 */
final class FrameWriter {
    private static final int STAGED_FIRST = 1 << 16;
    private static final int STAGED_MOST = 1 << 20;

    private final CRC32C crc = new CRC32C();
    private final AtomicLong bytesWritten;
    private byte[] staging = new byte[STAGED_FIRST];
    private StorageFile file;
    private long base;

    FrameWriter(Durability.Written target, AtomicLong bytesWritten) {
        this.file = target.file();
        this.base = target.segment().base;
        this.bytesWritten = bytesWritten;
    }

    /** Goes on in another file. */
    void into(Durability.Written target) {
        file = target.file();
        base = target.segment().base;
    }

    void header(long size) throws IOException {
        file.write(0, SegmentHeader.encode(base, size), 0, SegmentHeader.BYTES);
        bytesWritten.addAndGet(SegmentHeader.BYTES);
    }

    /** Writes a frame of data; returns the offset after it. */
    long data(long offset, long durable, byte[] payload, int from, int length) throws IOException {
        long size = Frame.size(length);
        boolean staged = size <= STAGED_MOST;
        if (staged && size > staging.length) {
            staging = new byte[Math.min(STAGED_MOST, Integer.highestOneBit((int) size) * 2)];
        }
        Frame.putHeader(staging, Frame.DATA, length, base + offset, durable);
        Frame.seal(staging, crc, payload, from, length);
        if (staged) {
            System.arraycopy(payload, from, staging, Frame.HEADER, length);
            Arrays.fill(staging, Frame.HEADER + length, (int) size, (byte) 0);
            file.write(offset, staging, 0, (int) size);
        } else {
            file.write(offset, staging, 0, Frame.HEADER);
            file.write(offset + Frame.HEADER, payload, from, length);
        }
        bytesWritten.addAndGet(size);
        return offset + size;
    }

    /** Writes a frame without data; returns the offset after it. */
    long mark(int kind, long offset, long durable) throws IOException {
        Frame.putHeader(staging, kind, 0, base + offset, durable);
        Frame.seal(staging, crc, staging, 0, 0);
        file.write(offset, staging, 0, Frame.HEADER);
        bytesWritten.addAndGet(Frame.HEADER);
        return offset + Frame.HEADER;
    }

    void sync() throws IOException {
        file.sync();
    }
}
