// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import java.util.Locale;

/**
 * A row of the table. Written as Markdown and read back from it.
 *
 * @param place the server, or where else the jobs are
 * @param name what was measured there
 * @param single jobs a second enqueued one by one
 * @param bulk jobs a second enqueued in parcels
 * @param work jobs a second worked off
 * @param p50 from enqueue to start on an idle queue, in milliseconds
 * @param p99 the same
 * @param durability what the answer to an enqueue promises
 * @param lost jobs that never came
 * @param duplicated times that a job came again
 */
record Row(
        String place,
        String name,
        double single,
        double bulk,
        double work,
        double p50,
        double p99,
        String durability,
        long lost,
        long duplicated) {
    static final String HEAD = """
            | on | what | enqueued/s one by one | enqueued/s by 1,000 | worked off/s | to start, p50 | p99 | an enqueued job is | lost | duplicated |
            |---|---|--:|--:|--:|--:|--:|---|--:|--:|""";

    private static final int CELLS = 10;

    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f ms | %.2f ms | %s | %d | %d |",
                place,
                name,
                single,
                bulk,
                work,
                p50,
                p99,
                durability,
                lost,
                duplicated);
    }

    static boolean isRow(String line) {
        return line.startsWith("| ") && line.endsWith(" |") && line.split("\\|", -1).length == CELLS + 2;
    }

    static Row parse(String line) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        return new Row(
                cells[0],
                cells[1],
                number(cells[2]),
                number(cells[3]),
                number(cells[4]),
                number(cells[5]),
                number(cells[6]),
                cells[7],
                (long) number(cells[8]),
                (long) number(cells[9]));
    }

    private static double number(String cell) {
        return Double.parseDouble(cell.replace(",", "").replace(" ms", ""));
    }
}
