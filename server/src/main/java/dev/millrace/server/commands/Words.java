// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Arguments as words: compared without regard to case, and read as numbers as C does. */
public final class Words {
    private static final int CASE = 'a' - 'A';

    private Words() {}

    /** Whether an argument is a word, which is given in lower case. */
    public static boolean is(byte[] argument, String word) {
        if (argument.length != word.length()) {
            return false;
        }
        for (int i = 0; i < argument.length; i++) {
            if (lower(argument[i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + CASE : letter;
    }

    /** As text, one character for each byte, so that it can be sent back as it came. */
    public static String raw(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a text that {@link #raw} made. */
    public static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String lower(byte[] argument) {
        return raw(argument).toLowerCase(Locale.ROOT);
    }

    public static String text(byte[] argument) {
        return new String(argument, StandardCharsets.UTF_8);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A number of 64 bits: nothing is 0, a plus and leading zeros are allowed, blanks and anything else are not.
     *
     * @throws Refusal the given line, if it is none
     */
    public static long number(byte[] argument, String otherwise) {
        int at = 0;
        int end = argument.length;
        if (end == 0) {
            return 0;
        }
        boolean negative = argument[0] == '-';
        if (negative || argument[0] == '+') {
            at = 1;
        }
        if (at == end) {
            throw new Refusal(otherwise);
        }
        long below = 0;
        for (; at < end; at++) {
            int digit = argument[at] - '0';
            if (digit < 0 || digit > 9 || below < (Long.MIN_VALUE + digit) / 10) {
                throw new Refusal(otherwise);
            }
            below = below * 10 - digit;
        }
        if (!negative && below == Long.MIN_VALUE) {
            throw new Refusal(otherwise);
        }
        return negative ? below : -below;
    }

    public static long number(byte[] argument) {
        return number(argument, Refusal.NOT_A_NUMBER);
    }

    private static final String BAD_TIMEOUT = "ERR timeout is not an integer or out of range";
    private static final String NEGATIVE_TIMEOUT = "ERR timeout is negative";

    /** A timeout in milliseconds; 0 is none. */
    public static long timeout(byte[] argument) {
        long millis = number(argument, BAD_TIMEOUT);
        if (millis < 0) {
            throw new Refusal(NEGATIVE_TIMEOUT);
        }
        return millis;
    }

    public static byte[][] from(byte[][] arguments, int first) {
        return Arrays.copyOfRange(arguments, first, arguments.length);
    }
}
