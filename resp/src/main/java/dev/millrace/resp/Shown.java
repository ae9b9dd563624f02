// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as people read them, in the manner of redis-cli: strings in quotes with what is not ASCII as {@code \xHH},
 * long ones cut with their length behind. An array stops when much has been written, however it is nested.
 */
final class Shown {
    private static final int MOST_BYTES = 100;
    private static final int MOST_CHARACTERS = 1000;

    private final StringBuilder out = new StringBuilder();

    private Shown() {}

    static String of(RespValue value) {
        Shown shown = new Shown();
        shown.add(value);
        return shown.out.toString();
    }

    private void add(RespValue value) {
        switch (value) {
            case RespValue.SimpleString line -> addLine('+', line.text());
            case RespValue.ErrorReply line -> addLine('-', line.text());
            case RespValue.Int number -> out.append(':').append(number.value());
            case RespValue.Bulk bulk -> addBulk(bulk.bytes());
            case RespValue.Array array -> addArray(array.elements());
        }
    }

    private void addLine(char type, String text) {
        out.append(type);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        addBytes(bytes);
    }

    private void addBulk(byte @Nullable [] bytes) {
        if (bytes == null) {
            out.append("null bulk");
            return;
        }
        out.append('"');
        addBytes(bytes);
        out.append('"');
    }

    private void addBytes(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, MOST_BYTES); i++) {
            addByte(bytes[i]);
        }
        if (bytes.length > MOST_BYTES) {
            out.append("… (").append(bytes.length).append(" bytes)");
        }
    }

    private void addByte(byte next) {
        if (next == '"' || next == '\\') {
            out.append('\\').append((char) next);
        } else if (next >= ' ' && next < 0x7f) {
            out.append((char) next);
        } else {
            out.append("\\x").append(Character.forDigit(next >> 4 & 15, 16)).append(Character.forDigit(next & 15, 16));
        }
    }

    private void addArray(@Nullable List<RespValue> elements) {
        if (elements == null) {
            out.append("null array");
            return;
        }
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            if (out.length() > MOST_CHARACTERS) {
                out.append("… (").append(elements.size()).append(" elements)");
                break;
            }
            add(elements.get(i));
        }
        out.append(']');
    }
}
