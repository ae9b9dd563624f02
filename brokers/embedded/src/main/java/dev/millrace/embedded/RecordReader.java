// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Walks over bytes that a {@link RecordWriter} wrote. Not thread-safe. */
final class RecordReader {
    private byte[] bytes;
    private int at;
    private int end;

    RecordReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    void reset(byte[] from, int offset, int length) {
        this.bytes = from;
        this.at = offset;
        this.end = offset + length;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return at;
    }

    void position(int to) {
        at = to;
    }

    boolean hasMore() {
        return at < end;
    }

    int getByte() {
        return bytes[at++] & 0xff;
    }

    int getInt() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xff);
        }
        return value;
    }

    long getVarint() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    void skipVarints(int count) {
        for (int i = 0; i < count; i++) {
            getVarint();
        }
    }

    String getText() {
        int length = (int) getVarint();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** A text that is often the same as the one before: then no new one is made. */
    String getText(Remembered last) {
        int length = (int) getVarint();
        at += length;
        if (!Arrays.equals(bytes, at - length, at, last.utf8, 0, last.utf8.length)) {
            last.utf8 = Arrays.copyOfRange(bytes, at - length, at);
            last.text = new String(last.utf8, StandardCharsets.UTF_8);
        }
        return last.text;
    }

    /** The text that was read last. */
    static final class Remembered {
        private byte[] utf8 = new byte[0];
        private String text = "";
    }

    Map<String, String> getHeaders() {
        int count = (int) getVarint();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            headers.put(getText(), getText());
        }
        return headers;
    }

    /** All that is left, up to a position. */
    byte[] getRest(int until) {
        byte[] rest = Arrays.copyOfRange(bytes, at, until);
        at = until;
        return rest;
    }
}
