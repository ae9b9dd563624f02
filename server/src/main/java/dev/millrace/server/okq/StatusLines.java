// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Words;
import dev.millrace.server.okq.Status.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;

/** How queues stand, for people: each column as wide as its widest. */
final class StatusLines {
    private StatusLines() {}

    static void write(ReplyWriter out, List<Row> rows) {
        int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        int totals = width(rows, Row::total);
        int processing = width(rows, Row::processing);
        int consumers = width(rows, Row::consumers);
        out.arrayHeader(rows.size());
        for (Row row : rows) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes(Words.bytes(row.name()));
            add(line, " ".repeat(Math.max(0, names - Utf8.count(Words.bytes(row.name())))));
            add(line, "  total: " + padded(row.total(), totals));
            add(line, "  processing: " + padded(row.processing(), processing));
            add(line, "  consumers: " + padded(row.consumers(), consumers));
            out.bulk(line.toByteArray());
        }
    }

    private static int width(List<Row> rows, ToLongFunction<Row> column) {
        return rows.stream()
                .mapToInt(row -> Long.toString(column.applyAsLong(row)).length())
                .max()
                .orElse(0);
    }

    private static String padded(long number, int width) {
        String text = Long.toString(number);
        return text + " ".repeat(width - text.length());
    }

    private static void add(ByteArrayOutputStream line, String text) {
        line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
