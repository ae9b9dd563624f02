// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/*
 * Records of one size outside the heap, by number. A million jobs are then a few dozen buffers to the garbage
 * collector instead of a million objects. Free records form a list through their first four bytes. The table grows by
 * chunks and never shrinks: a number stays valid, and memory is used again.
 */
final class Table {
    /** No record. */
    static final int NONE = -1;

    private static final int CHUNK_BITS = 14;
    private static final int CHUNK_RECORDS = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private final int recordBytes;
    private final List<ByteBuffer> grown = new ArrayList<>();
    private ByteBuffer[] chunks = new ByteBuffer[0];
    private int free = NONE;
    private int used;

    Table(int recordBytes) {
        this.recordBytes = recordBytes;
    }

    /** A record filled with zeros. */
    int allocate() {
        int record = free;
        if (record == NONE) {
            record = used;
            if (record >>> CHUNK_BITS == chunks.length) {
                grow();
            }
            used++;
            return record;
        }
        free = getInt(record, 0);
        ByteBuffer chunk = chunks[record >>> CHUNK_BITS];
        int from = (record & CHUNK_MASK) * recordBytes;
        for (int i = 0; i < recordBytes; i += Integer.BYTES) {
            chunk.putInt(from + i, 0);
        }
        return record;
    }

    void free(int record) {
        putInt(record, 0, free);
        free = record;
    }

    /** One more than the highest number ever given. */
    int end() {
        return used;
    }

    private void grow() {
        grown.add(ByteBuffer.allocateDirect(CHUNK_RECORDS * recordBytes).order(ByteOrder.nativeOrder()));
        chunks = grown.toArray(new ByteBuffer[0]);
    }

    long getLong(int record, int field) {
        return chunks[record >>> CHUNK_BITS].getLong((record & CHUNK_MASK) * recordBytes + field);
    }

    void putLong(int record, int field, long value) {
        chunks[record >>> CHUNK_BITS].putLong((record & CHUNK_MASK) * recordBytes + field, value);
    }

    int getInt(int record, int field) {
        return chunks[record >>> CHUNK_BITS].getInt((record & CHUNK_MASK) * recordBytes + field);
    }

    void putInt(int record, int field, int value) {
        chunks[record >>> CHUNK_BITS].putInt((record & CHUNK_MASK) * recordBytes + field, value);
    }

    short getShort(int record, int field) {
        return chunks[record >>> CHUNK_BITS].getShort((record & CHUNK_MASK) * recordBytes + field);
    }

    void putShort(int record, int field, short value) {
        chunks[record >>> CHUNK_BITS].putShort((record & CHUNK_MASK) * recordBytes + field, value);
    }

    byte getByte(int record, int field) {
        return chunks[record >>> CHUNK_BITS].get((record & CHUNK_MASK) * recordBytes + field);
    }

    void putByte(int record, int field, byte value) {
        chunks[record >>> CHUNK_BITS].put((record & CHUNK_MASK) * recordBytes + field, value);
    }
}
