// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * Each statement is a way to vtgate and from there to a tablet, so many rows go with one. Vitess keeps a plan for each text that it
 * sees: there are powers of two of rows in it, so that there are few.
 */
/** A statement that stores a row, made into ones that store many. Immutable. */
final class BatchInsert {
    private static final Pattern SHAPE = Pattern.compile(
            "\\s*INSERT\\s.*\\sVALUES\\s*(\\([\\s?,]+\\))\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int MOST_ROWS = 256;
    private static final long MOST_BYTES = 1 << 20;

    private final String text;
    private final String row;

    private BatchInsert(String text, String row) {
        this.text = text;
        this.row = row;
    }

    /** Empty if this is no such statement. */
    static Optional<BatchInsert> of(String sql) {
        Matcher shape = SHAPE.matcher(sql);
        return shape.matches() ? Optional.of(new BatchInsert(sql.stripTrailing(), shape.group(1))) : Optional.empty();
    }

    /** Some of the rows. */
    record Piece(String sql, List<Binding> values) {}

    List<Piece> pieces(List<List<Binding>> rows) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int count = Integer.highestOneBit(Math.min(MOST_ROWS, rows.size() - from));
            while (count > 1 && bytes(rows.subList(from, from + count)) > MOST_BYTES) {
                count /= 2;
            }
            pieces.add(piece(rows.subList(from, from + count)));
            from += count;
        }
        return pieces;
    }

    private static long bytes(List<List<Binding>> rows) {
        return rows.stream().flatMap(List::stream).mapToLong(Binding::size).sum();
    }

    private Piece piece(List<List<Binding>> rows) {
        String more = String.join("", Collections.nCopies(rows.size() - 1, ", " + row));
        return new Piece(text + more, rows.stream().flatMap(List::stream).toList());
    }
}
