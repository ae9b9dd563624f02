// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The form of a frame. All numbers are little-endian; frames begin at multiples of eight.
 *
 * <pre>
 *  0         4               8            16           24
 *  +---------+---------------+------------+------------+-----------------+---------+
 *  | crc 4   | kind, length 4| position 8 | durable 8  | payload, length | 0 to 7  |
 *  +---------+---------------+------------+------------+-----------------+---------+
 * </pre>
 *
 * <ul>
 *   <li>{@code crc}: CRC32C of everything after it, up to the end of the payload. The marks have no payload to check.
 *   <li>{@code kind, length}: the kind in the top three bits, then the length of the payload in bytes.
 *   <li>{@code position}: where the frame begins in the log, counted from the log's beginning. Files are used again
 *       without being wiped; a frame of their former life has another position and is none.
 *   <li>{@code durable}: up to this position the log was known to be on the disk when the frame was written. That tells
 *       a damaged middle from a torn tail: what lies before such a mark was promised.
 * </ul>
 */
final class Frame {
    static final int HEADER = 24;
    static final int ALIGNMENT = 8;
    static final int LONGEST = (1 << 29) - 1;

    /** Bytes of the log's user. */
    static final int DATA = 1;
    /** The segment ends here. */
    static final int END = 2;
    /** Everything before was on the disk when the log was closed. */
    static final int CLOSED = 3;
    /** {@code length} bytes of damage that a salvage stepped over; not covered by the checksum. */
    static final int SKIP = 4;

    private static final int KIND_SHIFT = 29;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Frame() {}

    /** How much of the log a payload takes. */
    static long size(long length) {
        return (HEADER + length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Writes all of a header but its checksum. */
    static void putHeader(byte[] buffer, int kind, int length, long position, long durable) {
        INT.set(buffer, 4, (kind << KIND_SHIFT) | length);
        LONG.set(buffer, 8, position);
        LONG.set(buffer, 16, durable);
    }

    /** The checksum of a header at the beginning of a buffer and of a payload anywhere. */
    static void seal(byte[] buffer, CRC32C crc, byte[] payload, int offset, int length) {
        crc.reset();
        crc.update(buffer, 4, HEADER - 4);
        crc.update(payload, offset, length);
        INT.set(buffer, 0, (int) crc.getValue());
    }

    static int crc(byte[] buffer, int at) {
        return (int) INT.get(buffer, at);
    }

    static int kind(byte[] buffer, int at) {
        return (int) INT.get(buffer, at + 4) >>> KIND_SHIFT;
    }

    static int length(byte[] buffer, int at) {
        return (int) INT.get(buffer, at + 4) & LONGEST;
    }

    static long position(byte[] buffer, int at) {
        return (long) LONG.get(buffer, at + 8);
    }

    static long durable(byte[] buffer, int at) {
        return (long) LONG.get(buffer, at + 16);
    }
}
