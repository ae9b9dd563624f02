// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes any bytes as text, and reads them again: letters, digits and some signs stand for themselves, all others are {@code
 * %} and two small hexadecimal digits.
 *
 * @param signs which signs stand for themselves
 */
public record PercentEscape(String signs) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Appends bytes to a text, until it is longer than it may be.
     *
     * @param text where to
     * @param bytes which
     * @param most how many characters are too few to stop
     */
    public void append(StringBuilder text, byte[] bytes, int most) {
        for (byte next : bytes) {
            if (isPlain(next)) {
                text.append((char) next);
            } else {
                text.append('%').append(HEX.toHexDigits(next));
            }
            if (text.length() > most) {
                return;
            }
        }
    }

    private boolean isPlain(byte next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '0' && next <= '9')
                || signs.indexOf(next) >= 0;
    }

    /**
     * Reads the bytes of a text. What is no escape is taken as it stands, in UTF-8; whether it was written here shows if it is
     * written again.
     *
     * @param text escaped or not
     * @param from where to begin
     * @return the bytes
     */
    public static byte[] bytes(String text, int from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() - from);
        for (int i = from; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '%' && i + 2 < text.length() && isHex(text, i + 1)) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(next).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(String text, int at) {
        return HexFormat.isHexDigit(text.charAt(at)) && HexFormat.isHexDigit(text.charAt(at + 1));
    }
}
