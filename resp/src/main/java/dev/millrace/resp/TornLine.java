// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** The bytes of a line that has not ended yet. Grows as they come, and lets go of a large array when it is emptied. */
final class TornLine {
    private static final byte[] NOTHING = {};
    private static final int SMALL = 64;
    private static final int LARGE = 1024;

    private byte[] bytes = NOTHING;
    private int size;

    void add(byte next) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(SMALL, size + (size >> 1)));
        }
        bytes[size++] = next;
    }

    void clear() {
        size = 0;
        if (bytes.length > LARGE) {
            bytes = NOTHING;
        }
    }

    void dropLast() {
        size--;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    boolean endsWith(char last) {
        return size > 0 && bytes[size - 1] == last;
    }

    /** The number behind the first byte. */
    long number(Supplier<String> otherwise) throws ProtocolException {
        return Decimal.parse(bytes, 1, size, otherwise);
    }

    /** What stands behind the first byte, a character for each byte. */
    String text() {
        return new String(bytes, 1, size - 1, StandardCharsets.ISO_8859_1);
    }
}
