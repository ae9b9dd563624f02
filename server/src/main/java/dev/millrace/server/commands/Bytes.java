// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as Disque writes them: {@code 100kb}, {@code 1gb}; {@code 1k} is 1000, {@code 1kb} is 1024. */
public final class Bytes {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(b|k|kb|m|mb|g|gb)?");

    private Bytes() {}

    /**
     * Reads a number of bytes.
     *
     * @param text digits and a unit, or digits only
     * @return 0 or more
     * @throws IllegalArgumentException if it is none
     */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no number of bytes; write it like 512mb or 1gb");
        }
        String unit = form.group(2) == null ? "b" : form.group(2);
        long factor = switch (unit) {
            case "k" -> 1000;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000;
            case "gb" -> 1L << 30;
            default -> 1;
        };
        long number = Long.parseLong(form.group(1));
        if (number > Long.MAX_VALUE / factor) {
            throw new IllegalArgumentException("\"" + text + "\" is too much");
        }
        return number * factor;
    }
}
