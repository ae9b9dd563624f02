// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.util.Locale;

/**
 * One result: a row of RESULTS.md.
 *
 * @param what was measured
 * @param ours what Millrace reached
 * @param beside what the yardstick reached in the same run, or nothing
 * @param ratio of the two, or nothing
 * @param target what was promised, or nothing
 * @param verdict whether it was kept, or nothing where nothing was promised
 */
public record Line(String what, String ours, String beside, String ratio, String target, String verdict) {
    /** Begins a line that promises nothing. */
    public static Line of(String what, String ours) {
        return new Line(what, ours, "", "", "", "");
    }

    /** With what the yardstick reached. */
    public Line beside(String yardstick, String reached) {
        return new Line(what, ours, yardstick + " " + reached, ratio, target, verdict);
    }

    /** With the ratio of both. */
    public Line ratio(Spread of) {
        return new Line(what, ours, beside, of.fine(), target, verdict);
    }

    /** Promises at least this much. */
    public Line atLeast(double reached, double promised, String unit) {
        return judged("≥ " + number(promised) + unit, reached >= promised);
    }

    /** Promises at most this much. */
    public Line atMost(double reached, double promised, String unit) {
        return judged("≤ " + number(promised) + unit, reached <= promised);
    }

    private Line judged(String promise, boolean kept) {
        return new Line(what, ours, beside, ratio, promise, kept ? "met" : "not met");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** For people who watch. */
    public String text() {
        StringBuilder text = new StringBuilder(what).append(": ").append(ours);
        if (!beside.isEmpty()) {
            text.append("; beside ").append(beside);
        }
        if (!ratio.isEmpty()) {
            text.append("; ratio ").append(ratio);
        }
        if (!target.isEmpty()) {
            text.append("; target ").append(target).append(": ").append(verdict);
        }
        return text.toString();
    }

    /** For RESULTS.md. */
    public String markdown(String date, String figure) {
        return String.join(" | ", "| " + date, figure, what, ours, beside, ratio, target, verdict) + " |";
    }
}
