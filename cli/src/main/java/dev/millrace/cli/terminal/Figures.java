// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import java.util.Locale;
import java.util.OptionalLong;

/** Numbers as people read them. */
public final class Figures {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /**
     * A count.
     *
     * @param value the number
     * @return it with a comma after every three digits
     */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * A count that may be unknown.
     *
     * @param value the number
     * @return it with a comma after every three digits, or a question mark
     */
    public static String count(OptionalLong value) {
        return value.isPresent() ? count(value.getAsLong()) : "?";
    }

    /**
     * A noun with its number.
     *
     * @param value how many
     * @param noun what, in the singular
     * @return such as {@code 1 job} or {@code 1,200 jobs}
     */
    public static String of(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /**
     * A size.
     *
     * @param bytes how many
     * @return such as {@code 512 bytes} or {@code 1.5 MiB}
     */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return of(bytes, "byte");
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /**
     * How many a second.
     *
     * @param amount how many
     * @param seconds in which time
     * @return the rate, or 0 where no time went by
     */
    public static long rate(long amount, double seconds) {
        return seconds <= 0 ? 0 : Math.round(amount / seconds);
    }

    /**
     * A short time.
     *
     * @param nanos in nanoseconds
     * @return in milliseconds, such as {@code 0.31 ms}
     */
    public static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
