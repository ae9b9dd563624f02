// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what comes out, and keeps the rows for the end. Not thread-safe. */
public final class Report {
    private final List<String> rows = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private final String date;
    private String figure = "";

    /** A report of a run that begins now; its rows say so if the machine is busy with something else. */
    public Report() {
        date = Machine.today() + (Machine.load() < Machine.BUSY ? "" : " (busy)");
    }

    /** Begins a figure. */
    public void begin(String name, String what) {
        figure = name;
        System.out.printf(Locale.ROOT, "%n%s: %s%n", name, what);
    }

    /** Something on the way to a result. */
    public void note(String text, Object... values) {
        System.out.printf(Locale.ROOT, "  " + text + "%n", values);
    }

    /** A result. */
    public void line(Line line) {
        System.out.println("= " + line.text());
        rows.add(line.markdown(date, figure));
    }

    /** Results that are a table of their own. */
    public void table(String head, List<String> lines) {
        tables.add(head);
        tables.addAll(lines);
        System.out.println(head);
        lines.forEach(System.out::println);
    }

    /** All results as rows for RESULTS.md. */
    public void markdown() {
        System.out.println();
        rows.forEach(System.out::println);
        tables.forEach(System.out::println);
    }
}
