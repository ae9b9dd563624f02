// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/*
 * Bars are to scale within a server and not between servers: what can be compared is what worked on the same one. SVG as
 * https://www.w3.org/TR/SVG2/ has it, with nothing that a browser would have to fetch.
 */
/** Draws the first table of brokers in the results, which is the newest: jobs worked off in a second, server by server. */
public final class Picture {
    private static final int WIDTH = 930;
    private static final int LABELS = 250;
    private static final int LONGEST = 420;
    private static final int LINE = 22;
    private static final int GAP = 14;
    private static final int TOP = 66;

    private final StringBuilder body = new StringBuilder();
    private int y = TOP;

    private Picture() {}

    /**
     * Draws.
     *
     * @param results the text of RESULTS.md; its first table of brokers counts
     * @return the text of the picture
     */
    public static String of(String results) {
        List<Row> rows = rows(results);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no table of brokers in the results; ./benchmarks/run brokers" + " --markdown prints one");
        }
        Picture picture = new Picture();
        rows.stream()
                .map(Row::place)
                .distinct()
                .forEach(place -> picture.place(
                        place,
                        rows.stream().filter(row -> row.place().equals(place)).toList()));
        return picture.text();
    }

    private static List<Row> rows(String results) {
        List<Row> rows = new ArrayList<>();
        int head = results.indexOf(Row.HEAD);
        if (head >= 0) {
            results.substring(head + Row.HEAD.length() + 1)
                    .lines()
                    .takeWhile(Row::isRow)
                    .map(Row::parse)
                    .forEach(rows::add);
        }
        return rows;
    }

    private void place(String name, List<Row> rows) {
        text(16, "start", "bold", name);
        y += LINE;
        double most = rows.stream().mapToDouble(Row::work).max().orElseThrow();
        for (Row row : rows) {
            boolean ours = row.name().startsWith("Millrace");
            int length = (int) Math.max(1, Math.round(row.work() / most * LONGEST));
            text(LABELS - 10, "end", "normal", row.name().replace("`", ""));
            body.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" rx=\"2\" fill=\"%s\"/>%n",
                    LABELS,
                    y - 11,
                    length,
                    ours ? "#1f6f8b" : "#b9b4a7"));
            text(
                    LABELS + length + 8,
                    "start",
                    "normal",
                    String.format(Locale.ROOT, "%,.0f jobs/s, starts in %.2f ms", row.work(), row.p50()));
            y += LINE;
        }
        y += GAP;
    }

    private void text(int x, String anchor, String weight, String words) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                weight,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String text() {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="13" fill="#222222">
                <title>Jobs worked off in a second, and from enqueue to start on an idle queue</title>
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                <text x="16" y="26" font-size="16" font-weight="bold">Jobs worked off in a second, empty handlers</text>
                <text x="16" y="42" fill="#666666" font-size="12">bars are to scale within a server; \
                drawn from benchmarks/RESULTS.md</text>
                %3$s</svg>
                """, WIDTH, y, body);
    }
}
