// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits an inline command into its arguments, as {@code sdssplitargs} of Redis does: words between blanks; {@code "…"}
 * with {@code \n \r \t \b \a \xHH}, any other byte behind a backslash standing for itself; {@code '…'} with {@code \'}.
 * A quote may begin within a word and must end it. A NUL is a byte like any other here, whereas C ends there.
 */
final class InlineWords {
    private final byte[] line;
    private final int end;
    private final byte[] word;
    private int size;
    private int at;

    InlineWords(byte[] line, int end) {
        this.line = line;
        this.end = end;
        this.word = new byte[end];
    }

    /** The words that are not empty; null if a quote is not closed, or is followed by something else than a blank. */
    byte @Nullable [][] split() {
        List<byte[]> words = new ArrayList<>();
        while (skipBlanks()) {
            size = 0;
            if (!readWord()) {
                return null;
            }
            if (size > 0) {
                words.add(Arrays.copyOf(word, size));
            }
        }
        return words.toArray(byte[][]::new);
    }

    private boolean skipBlanks() {
        while (at < end && isBlank(line[at])) {
            at++;
        }
        return at < end;
    }

    private boolean readWord() {
        while (at < end) {
            byte next = line[at++];
            switch (next) {
                case ' ', '\n', '\r', '\t' -> {
                    return true;
                }
                case '"' -> {
                    return readQuoted() && isBoundary();
                }
                case '\'' -> {
                    return readVerbatim() && isBoundary();
                }
                default -> word[size++] = next;
            }
        }
        return true;
    }

    private boolean readQuoted() {
        while (at < end) {
            byte next = line[at++];
            if (next == '"') {
                return true;
            }
            word[size++] = next == '\\' && at < end ? escaped() : next;
        }
        return false;
    }

    private boolean readVerbatim() {
        while (at < end) {
            byte next = line[at++];
            if (next == '\'') {
                return true;
            }
            boolean quote = next == '\\' && at < end && line[at] == '\'';
            word[size++] = quote ? line[at++] : next;
        }
        return false;
    }

    private byte escaped() {
        byte code = line[at++];
        return switch (code) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            case 'x' -> hexadecimal();
            default -> code;
        };
    }

    private byte hexadecimal() {
        if (at + 1 >= end) {
            return 'x';
        }
        int high = Character.digit(line[at], 16);
        int low = Character.digit(line[at + 1], 16);
        if (high < 0 || low < 0) {
            return 'x';
        }
        at += 2;
        return (byte) (high << 4 | low);
    }

    private boolean isBoundary() {
        return at == end || isBlank(line[at]);
    }

    /** As {@code isspace} of C says. */
    private static boolean isBlank(byte next) {
        return next == ' ' || (next >= '\t' && next <= '\r');
    }
}
