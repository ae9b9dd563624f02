// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment file, little-endian. Magic, version and checksum stay where they are in every version.
 *
 * <pre>
 *  0                8          12         16        24        32                     60      64
 *  +----------------+----------+----------+---------+---------+----------------------+-------+
 *  | "MILLRACE" 8   | version 4| zero 4   | base 8  | size 8  | zero 28              | crc 4 |
 *  +----------------+----------+----------+---------+---------+----------------------+-------+
 * </pre>
 *
 * {@code base} is the log position of the file's first byte and equals its name; {@code size} is how much of the log the
 * segment stands for, header included; the next segment begins at {@code base + size}. {@code crc} is the CRC32C of what
 * comes before it.
 */
final class SegmentHeader {
    static final int BYTES = 64;
    static final int VERSION = 1;

    private static final long MAGIC = 0x454341524C4C494DL;
    private static final int CRC_AT = BYTES - 4;

    private SegmentHeader() {}

    static byte[] encode(long base, long size) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(base).putLong(size);
        header.putInt(CRC_AT, checksum(header.array()));
        return header.array();
    }

    /**
     * Reads the header of the segment at a base.
     *
     * @return the segment, or null if the header is damaged
     * @throws JournalException if it was written by a newer version of this program
     */
    static @Nullable Segment read(StorageFile file, long base, String path) throws IOException {
        byte[] bytes = new byte[BYTES];
        if (file.read(0, bytes, 0, BYTES) < BYTES) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getLong(0) != MAGIC || header.getInt(CRC_AT) != checksum(bytes)) {
            return null;
        }
        if (header.getInt(8) > VERSION) {
            throw new JournalException(
                    "journal file " + path + " has format version " + header.getInt(8)
                            + ", this program knows versions up to " + VERSION
                            + ": open the folder with the newer Millrace that wrote it",
                    null);
        }
        return header.getLong(16) == base ? new Segment(base, header.getLong(24)) : null;
    }

    private static int checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
