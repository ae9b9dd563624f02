// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * A text is a resource with one statement. Put in are names, which were checked to be plain: the table for ${table}, columns
 * for ${columns}; and question marks: as many as there are values for ${values}, or as many rows of them for ${rows}. The
 * number of values is rounded up, so that a database sees few different texts; whoever fills them in repeats the last value.
 */
/** The statements of a table, read from resources. Thread-safe. */
public final class Texts {
    private static final int[] LENGTHS = {1, 4, 16, 64, 256, 1_024};

    private final Class<?> place;
    private final TableName table;
    private final List<TableName> columns;
    private final Map<String, String> read = new ConcurrentHashMap<>();

    /**
     * The statements for a table.
     *
     * @param place beside which class they are
     * @param table the table that they are about
     */
    public Texts(Class<?> place, TableName table) {
        this(place, table, List.of());
    }

    /**
     * The statements for a table with columns of its users.
     *
     * @param place beside which class they are
     * @param table the table that they are about
     * @param columns of its users
     */
    public Texts(Class<?> place, TableName table, List<TableName> columns) {
        this.place = place;
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    /** The longest list that a statement can hold. */
    public static int longest() {
        return LENGTHS[LENGTHS.length - 1];
    }

    /**
     * How many values a statement has for a list.
     *
     * @param count how many there are; no more than {@link #longest()}
     * @return as many or more
     */
    public static int length(int count) {
        for (int length : LENGTHS) {
            if (length >= count) {
                return length;
            }
        }
        throw new IllegalArgumentException(count + " values; at most " + longest() + " fit into a statement");
    }

    /**
     * A statement.
     *
     * @param name of its resource, without {@code .sql}
     * @return its text
     */
    public String of(String name) {
        String known = read.get(name);
        if (known != null) {
            return known;
        }
        String text = read(name);
        read.put(name, text);
        return text;
    }

    /**
     * A statement with a list.
     *
     * @param name of its resource, without {@code .sql}
     * @param length of the list
     * @return its text
     */
    public String of(String name, int length) {
        String key = name + "#" + length;
        String known = read.get(key);
        if (known != null) {
            return known;
        }
        String text = of(name).replace("${values}", marks(length))
                .replace(
                        "${rows}",
                        String.join(", ", Collections.nCopies(length, "(?, ?" + ", ?".repeat(columns.size()) + ")")));
        read.put(key, text);
        return text;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /**
     * Whether there is such a statement.
     *
     * @param name of its resource, without {@code .sql}
     * @return true if there is
     */
    public boolean has(String name) {
        return place.getResource(name + ".sql") != null;
    }

    private String read(String name) {
        try (@Nullable InputStream in = place.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the statement " + name + ".sql is not in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .replace("${table}", table.value())
                    .replace(
                            "${columns}",
                            columns.stream().map(column -> ", " + column).collect(Collectors.joining()))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
