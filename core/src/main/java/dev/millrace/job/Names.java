// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/** The rules that queue names, job ids and header names share. */
final class Names {
    private static final int SHOWN = 40;

    private Names() {}

    static void check(String what, String value, int maxBytes) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; give 1 to " + maxBytes + " bytes of UTF-8");
        }
        long bytes = utf8Length(what, value);
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(what + " " + shown(value) + " has " + bytes + " bytes of UTF-8; at most "
                    + maxBytes + " are allowed");
        }
        if (value.length() != value.strip().length() || hasControl(value)) {
            throw new IllegalArgumentException(
                    what + " " + shown(value) + " has a control character, or white space at an end; remove it");
        }
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The length in UTF-8; refuses half a surrogate pair, which UTF-8 cannot carry. */
    static long utf8Length(String what, String value) {
        long bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(what + " " + shown(value)
                        + " is broken Unicode: a lone surrogate at " + "index " + i + " cannot be written as UTF-8");
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }

    private static String shown(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(SHOWN, value.length()); i++) {
            char c = value.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.append(value.length() > SHOWN ? "…\"" : "\"").toString();
    }
}
