// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 500ms}, {@code 5m}, {@code 1h30m}, {@code 2d}; ISO-8601 too. */
public final class HumanDuration {
    private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

    private HumanDuration() {}

    /**
     * Reads a length of time.
     *
     * @param text what a person wrote
     * @return the length, zero or more
     * @throws IllegalArgumentException if it is none, or negative; the message shows how to write one
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("-") || trimmed.toUpperCase(Locale.ROOT).startsWith("P-")) {
            throw wrong(text, "is negative");
        }
        if (trimmed.regionMatches(true, 0, "P", 0, 1)) {
            return iso(text, trimmed);
        }
        Matcher part = PART.matcher(trimmed.toLowerCase(Locale.ROOT));
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        if (end == 0 || end != trimmed.length()) {
            throw wrong(text, "is no length of time");
        }
        return sum;
    }

    private static Duration iso(String text, String trimmed) {
        try {
            Duration parsed = Duration.parse(trimmed);
            if (parsed.isNegative()) {
                throw wrong(text, "is negative");
            }
            return parsed;
        } catch (DateTimeParseException e) {
            throw wrong(text, "is no length of time");
        }
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("\"" + Printable.of(text, 40) + "\" " + why
                + "; write it like 500ms, 30s, 5m, 1h30m, 2d, or in ISO-8601 like PT5M");
    }

    /**
     * Writes a length of time, as coarsely as people care.
     *
     * @param length the length
     * @return its two largest units at most, such as {@code 1h30m}, {@code 4.2s} or {@code 250ms}
     */
    public static String format(Duration length) {
        if (length.isNegative()) {
            return "-" + format(length.negated());
        }
        long seconds = length.toSeconds();
        if (seconds == 0) {
            return length.toMillis() + "ms";
        }
        if (seconds < 10 && length.toMillisPart() >= 100) {
            return seconds + "." + length.toMillisPart() / 100 + "s";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : small + smallUnit);
    }
}
