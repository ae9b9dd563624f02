// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a message as {@link ProtoWriter} draws it. Fields that are not asked for are passed over. For one thread. */
final class ProtoReader {
    private static final int EIGHT_BYTES = 1;
    private static final int FOUR_BYTES = 5;

    private final ByteBuffer in;
    private int field;
    private int kind;
    private boolean read = true;

    ProtoReader(ByteBuffer in) {
        this.in = in;
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (!read) {
            pass();
        }
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        kind = (int) (tag & 7);
        read = false;
        return true;
    }

    int field() {
        return field;
    }

    long number() {
        expect(ProtoWriter.NUMBER);
        return varint();
    }

    String text() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    ProtoReader message() {
        return new ProtoReader(bytes());
    }

    ByteBuffer bytes() {
        expect(ProtoWriter.BYTES);
        return slice();
    }

    /** The next of packed numbers of either sign. */
    long packedSigned() {
        long zigzag = varint();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    private void expect(int wanted) {
        if (kind != wanted) {
            throw new IllegalStateException("field " + field + " of a reply of vtgate is of kind " + kind + ", not "
                    + wanted + ": this is not the vtgate that is understood");
        }
        read = true;
    }

    private ByteBuffer slice() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw cut();
        }
        ByteBuffer slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw cut();
    }

    private void pass() {
        switch (kind) {
            case ProtoWriter.NUMBER -> varint();
            case ProtoWriter.BYTES -> slice();
            case EIGHT_BYTES -> skip(Long.BYTES);
            case FOUR_BYTES -> skip(Integer.BYTES);
            default -> throw cut();
        }
        read = true;
    }

    private void skip(int bytes) {
        if (bytes > in.remaining()) {
            throw cut();
        }
        in.position(in.position() + bytes);
    }

    private static IllegalStateException cut() {
        return new IllegalStateException("a reply of vtgate is cut off or garbled");
    }
}
