// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Words;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text and numbers as the original, a program in Go, writes and reads them. */
final class GoText {
    private static final String SYNTAX = "invalid syntax";
    private static final String RANGE = "value out of range";
    private static final int RADIX = 10;

    private GoText() {}

    /** In quotes, with escapes for what cannot be printed; one character for each byte. */
    static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.lengthAt(bytes, at);
            if (length == 0) {
                text.append(String.format(Locale.ROOT, "\\x%02x", bytes[at] & 0xff));
                at++;
            } else {
                quote(text, new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0));
                at += length;
            }
        }
        return Words.raw(text.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void quote(StringBuilder text, int letter) {
        switch (letter) {
            case '"', '\\' -> text.append('\\').append((char) letter);
            case 7 -> text.append("\\a");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case 11 -> text.append("\\v");
            default -> {
                if (isPrinted(letter)) {
                    text.appendCodePoint(letter);
                } else if (letter < ' ' || letter == 0x7f) {
                    text.append(String.format(Locale.ROOT, "\\x%02x", letter));
                } else {
                    text.append(String.format(Locale.ROOT, letter < 0x10000 ? "\\u%04x" : "\\U%08x", letter));
                }
            }
        }
    }

    private static boolean isPrinted(int letter) {
        if (letter == ' ') {
            return true;
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * Seconds.
     *
     * @param word as it came
     * @param what what they are called
     * @throws Refusal if it is no number, or one below 0
     */
    static long seconds(byte[] word, String what) {
        long number = number(word, what);
        if (number < 0) {
            throw new Refusal("ERR bad " + what + " value: " + number + " < 0");
        }
        return number;
    }

    private static long number(byte[] word, String what) {
        boolean signed = word.length > 0 && (word[0] == '+' || word[0] == '-');
        boolean negative = signed && word[0] == '-';
        if (word.length == (signed ? 1 : 0)) {
            throw bad(word, what, SYNTAX);
        }
        long value = 0;
        for (int at = signed ? 1 : 0; at < word.length; at++) {
            int digit = word[at] - '0';
            if (digit < 0 || digit >= RADIX) {
                throw bad(word, what, SYNTAX);
            }
            long most = Long.divideUnsigned(-1L - digit, RADIX);
            if (Long.compareUnsigned(value, most) > 0) {
                throw bad(word, what, RANGE);
            }
            value = value * RADIX + digit;
        }
        if (value < 0 && !(negative && value == Long.MIN_VALUE)) {
            throw bad(word, what, RANGE);
        }
        return negative ? -value : value;
    }

    private static Refusal bad(byte[] word, String what, String why) {
        return new Refusal("ERR bad " + what + " value: strconv.Atoi: parsing " + quoted(word) + ": " + why);
    }
}
