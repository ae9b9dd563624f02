// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

/** Text that is safe to show: what others wrote must not move the cursor, colour the screen, or forge a line. */
public final class Printable {
    private Printable() {}

    /**
     * Makes control characters visible.
     *
     * @param text any text
     * @return the same on one line; each line end, tab or other control character is a symbol
     */
    public static String of(String text) {
        if (text.chars().noneMatch(Printable::moves)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(moves(c) ? symbol(c) : (char) c));
        return shown.toString();
    }

    /**
     * Makes control characters visible, and cuts.
     *
     * @param text any text
     * @param max how many characters at most, 1 or more; the last of a longer text is an ellipsis
     * @return the beginning of the text, on one line
     */
    public static String of(String text, int max) {
        String shown = of(text);
        if (shown.codePointCount(0, shown.length()) <= max) {
            return shown;
        }
        return shown.substring(0, shown.offsetByCodePoints(0, max - 1)) + "…";
    }

    /** Controls, and the marks that turn the direction of what follows. */
    private static boolean moves(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Unicode draws a picture of each ASCII control. */
    private static char symbol(int c) {
        return c < 0x20 ? (char) (0x2400 + c) : c == 0x7F ? '\u2421' : '\uFFFD';
    }
}
