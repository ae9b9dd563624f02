// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

/** Makes texts such that every database takes them. */
final class Reasons {
    private static final char UNKNOWN = '\uFFFD';

    private Reasons() {}

    /** Without the zero character, which PostgreSQL refuses, and without halves of surrogate pairs. */
    static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                cleaned.append(c).append(text.charAt(++i));
            } else {
                cleaned.append(c == 0 || Character.isSurrogate(c) ? UNKNOWN : c);
            }
        }
        return cleaned.toString();
    }
}
