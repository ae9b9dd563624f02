// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.records;

import dev.millrace.job.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** A byte array that grows, and the small words of which records are made. Not thread-safe. */
public final class RecordWriter {
    private byte[] bytes;
    private int size;

    public RecordWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** Begins anew; the array is kept unless a giant made it large. */
    public void reset(int keep) {
        if (bytes.length > keep) {
            bytes = new byte[keep];
        }
        size = 0;
    }

    public void truncate(int to) {
        size = to;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, (int)
                    Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    public void putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void putIntAt(int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    /** Seven bits a byte, lowest first, the highest bit says that more follow: one byte below 128. */
    public void putVarint(long value) {
        room(10);
        byte[] to = bytes;
        int at = size;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        putBytes(utf8, 0, utf8.length);
    }

    public void putHeaders(Map<String, String> headers) {
        putVarint(headers.size());
        headers.forEach((name, value) -> {
            putText(name);
            putText(value);
        });
    }

    public void putPayload(Payload payload) {
        room(payload.size());
        payload.copyTo(bytes, size);
        size += payload.size();
    }

    public void putBytes(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }
}
