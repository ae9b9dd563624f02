// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/*
 * Protocol buffers: each field is a tag, which is its number times 8 and its kind, and a value. A kind of 0 is a number, seven bits a
 * byte, the lowest first; 2 is a length and as many bytes: a text, a message, or many numbers. What is not written is zero or empty.
 */
/** Writes a message. For one thread. */
final class ProtoWriter {
    static final int NUMBER = 0;
    static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoWriter number(int field, long value) {
        varint((long) field << 3 | NUMBER);
        varint(value);
        return this;
    }

    ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toBytes());
    }

    ProtoWriter bytes(int field, byte[] value) {
        varint((long) field << 3 | BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
