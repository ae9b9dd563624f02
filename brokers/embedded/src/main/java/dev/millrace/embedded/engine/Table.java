// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Records of one size outside the heap, by number. A million jobs are then a few dozen buffers to the garbage
 * collector instead of a million objects. A number stays valid as long as its record lives. The table grows by chunks;
 * free records of a chunk form a list through their first four bytes, and a record comes from the lowest chunk that has
 * one, so that the higher ones empty. An empty chunk is let go, but for one, so that nothing is made and thrown away in
 * turns; its memory is free when the garbage collector has seen that.
 */
final class Table {
    /** No record. */
    static final int NONE = -1;

    static final int CHUNK_RECORDS = 1 << 14;

    private static final int CHUNK_BITS = 14;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private final int recordBytes;
    private @Nullable ByteBuffer[] chunks = new ByteBuffer[0];
    private Chunk[] states = new Chunk[0];
    private int lowest;
    private int spare = NONE;
    private int size;

    /** What is free of a chunk. */
    private static final class Chunk {
        private int live;
        private int used;
        private int free = NONE;
    }

    Table(int recordBytes) {
        this.recordBytes = recordBytes;
    }

    /** How many records live. */
    int size() {
        return size;
    }

    /** A record filled with zeros. */
    int allocate() {
        while (lowest < states.length && states[lowest].live == CHUNK_RECORDS) {
            lowest++;
        }
        if (lowest == states.length || chunks[lowest] == null) {
            grow(lowest);
        }
        Chunk chunk = states[lowest];
        int record = chunk.free;
        if (record == NONE) {
            record = (lowest << CHUNK_BITS) + chunk.used++;
        } else {
            chunk.free = getInt(record, 0);
            clear(record);
        }
        chunk.live++;
        size++;
        if (spare == lowest) {
            spare = NONE;
        }
        return record;
    }

    private void clear(int record) {
        ByteBuffer chunk = chunk(record);
        int from = (record & CHUNK_MASK) * recordBytes;
        for (int i = 0; i < recordBytes; i += Integer.BYTES) {
            chunk.putInt(from + i, 0);
        }
    }

    void free(int record) {
        int number = record >>> CHUNK_BITS;
        Chunk chunk = states[number];
        putInt(record, 0, chunk.free);
        chunk.free = record;
        size--;
        if (--chunk.live == 0) {
            empty(number);
        }
        lowest = Math.min(lowest, number);
    }

    private void empty(int number) {
        if (spare == NONE) {
            spare = number;
            return;
        }
        int dropped = Math.max(spare, number);
        spare = Math.min(spare, number);
        chunks[dropped] = null;
        states[dropped] = new Chunk();
    }

    private void grow(int number) {
        ByteBuffer made = ByteBuffer.allocateDirect(CHUNK_RECORDS * recordBytes).order(ByteOrder.nativeOrder());
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, number + 1);
            states = Arrays.copyOf(states, number + 1);
            states[number] = new Chunk();
        }
        chunks[number] = made;
    }

    /** One more than the highest number that may live. */
    int end() {
        int last = chunks.length - 1;
        while (last >= 0 && states[last].live == 0) {
            last--;
        }
        return last < 0 ? 0 : (last << CHUNK_BITS) + states[last].used;
    }

    /** Whether there is memory behind a number below {@link #end()}: that of a record which lives, or once did. */
    boolean reaches(int record) {
        return chunks[record >>> CHUNK_BITS] != null;
    }

    private ByteBuffer chunk(int record) {
        return java.util.Objects.requireNonNull(chunks[record >>> CHUNK_BITS]);
    }

    long getLong(int record, int field) {
        return chunk(record).getLong((record & CHUNK_MASK) * recordBytes + field);
    }

    void putLong(int record, int field, long value) {
        chunk(record).putLong((record & CHUNK_MASK) * recordBytes + field, value);
    }

    int getInt(int record, int field) {
        return chunk(record).getInt((record & CHUNK_MASK) * recordBytes + field);
    }

    void putInt(int record, int field, int value) {
        chunk(record).putInt((record & CHUNK_MASK) * recordBytes + field, value);
    }

    short getShort(int record, int field) {
        return chunk(record).getShort((record & CHUNK_MASK) * recordBytes + field);
    }

    void putShort(int record, int field, short value) {
        chunk(record).putShort((record & CHUNK_MASK) * recordBytes + field, value);
    }

    byte getByte(int record, int field) {
        return chunk(record).get((record & CHUNK_MASK) * recordBytes + field);
    }

    void putByte(int record, int field, byte value) {
        chunk(record).put((record & CHUNK_MASK) * recordBytes + field, value);
    }
}
