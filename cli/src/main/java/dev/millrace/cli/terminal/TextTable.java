// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows below a header, in columns as wide as what is in them; columns of numbers are aligned to the right. The last
 * column is not padded. Not thread-safe.
 */
public final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,.]*|[?-]");
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table.
     *
     * @param header the name of each column
     */
    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /**
     * Adds a row.
     *
     * @param cells one text for each column; control characters are made visible
     * @return this table
     */
    public TextTable row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Printable.of(cell));
        }
        rows.add(row);
        return this;
    }

    /**
     * Prints it.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] =
                    rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
            numbers[c] = rows.size() > 1
                    && rows.stream()
                            .skip(1)
                            .allMatch(row -> NUMBER.matcher(row.get(column)).matches());
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String blank = " ".repeat(widths[c] - length(row.get(c)));
                boolean last = c == columns - 1;
                line.append(c == 0 ? "" : GAP).append(numbers[c] ? blank : "").append(row.get(c));
                line.append(numbers[c] || last ? "" : blank);
            }
            out.println(line);
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
